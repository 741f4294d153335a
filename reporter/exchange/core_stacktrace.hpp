#pragma once

#include <cstdint>
#include <string>

#include "exchange/json.hpp"
#include "pycore/snapshot.hpp"

namespace pycore::exchange {

/// The threads of a process as satyr writes them into ABRT's `core_backtrace`: innermost frames
/// first, Python frames among the C ones. Exactly one of them is the crash thread, and each has a
/// frame, for without these FAF takes no report.
struct CoreStacktrace {
    Json threads = Json::array();
    bool none_crashed = false;  ///< the crash thread is only the first that runs Python
    std::uint64_t threads_left_out = 0;
    std::uint64_t frames_left_out = 0;
};

[[nodiscard]] CoreStacktrace core_stacktrace(const Snapshot& snapshot);

/// The number of the signal that ended the process; 0 where none did.
[[nodiscard]] std::uint16_t signal_number(const Snapshot& snapshot);

/// The path of the program that ran, else its name; empty where neither is known.
[[nodiscard]] std::string executable(const Snapshot& snapshot);

/// What satyr and FAF have no words for and ignore: that no thread crashed, and what was left out.
[[nodiscard]] Json remarks(const CoreStacktrace& stacktrace);

}  // namespace pycore::exchange
