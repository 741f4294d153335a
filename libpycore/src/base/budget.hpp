#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

#include "base/deadline.hpp"
#include "pycore/limits.hpp"

namespace pycore {

/// What one analysis may still do, in all its walks together. A limit caps one walk; a hostile
/// core has a million walks share the same data, and so costs hours or all memory while it is
/// small itself. What is not from `Limits` is far above what any real process needs.
struct Budget {
    /// Each may have a name and a place of its own, of some hundred bytes.
    static constexpr std::size_t most_native_frames = 1'000'000;

    explicit Budget(const Limits& limits, std::function<bool()> cancelled = {})
        : deadline(limits.max_time, std::move(cancelled)),
          scan_bytes(limits.max_scan_bytes),
          frames(limits.max_total_frames),
          native_frames(std::min(limits.max_total_frames, most_native_frames)),
          cframes(limits.max_total_frames),
          thread_states(limits.max_threads),
          dict_entries(std::uint64_t{2} * limits.max_dict_entries),
          traceback_entries(limits.max_total_frames),
          value_bytes(limits.max_total_value_bytes),
          exception_bytes(limits.max_report_bytes / 4),
          name_bytes(limits.max_name_bytes),
          code_bytes(limits.max_code_bytes)
    {
    }

    Deadline deadline;
    std::uint64_t scan_bytes;                            ///< to search for a runtime
    std::size_t frames;                                  ///< of Python, to walk
    std::size_t native_frames;                           ///< to unwind
    std::size_t cframes;                                 ///< `_PyCFrame`s to walk
    std::size_t thread_states;                           ///< to read
    std::uint64_t dict_entries;                          ///< to look at for the names of threads
    std::size_t traceback_entries;                       ///< to walk
    std::uint64_t value_bytes;                           ///< of variables and values to keep
    std::uint64_t exception_bytes;                       ///< of exceptions, as a report writes them
    std::uint64_t name_bytes;                            ///< names of threads to keep
    std::uint64_t code_bytes;                            ///< of code objects to keep
    std::uint64_t value_slots = std::uint64_t{1} << 25;  ///< of hash tables, to print values
    std::uint64_t table_bytes_walked = std::uint64_t{1} << 30;  ///< of their location tables
};

}  // namespace pycore
