#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exchange/json.hpp"
#include "pycore/report.hpp"

namespace pycore::sentry {

using exchange::Json;

/// How much of a report goes into an event.
struct Extent {
    std::size_t frames = 0;  ///< of a stack: half of them innermost, half outermost
    std::size_t threads = 0;
    std::size_t threads_with_variables = 0;
    std::size_t text = 0;  ///< bytes of a name, a path or a value
    std::size_t images = 0;
};

/// One event in the making. Building it stops early where it grows too large.
struct Draft {
    const Report& report;
    Extent extent;
    std::vector<std::string> thread_ids{};  ///< by index in `Snapshot::threads`, no two the same
    std::size_t bytes = 0;                  ///< at least as many as were written so far
    std::set<std::size_t> used_modules{};   ///< indices of those with a frame in the event
    std::uint64_t frames_left_out = 0;
    std::uint64_t threads_left_out = 0;
    std::uint64_t images_left_out = 0;
    bool variables_left_out = false;

    [[nodiscard]] bool full() const noexcept;
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return report.snapshot; }
    /// `bytes` as printable text, cut to what the extent allows.
    [[nodiscard]] std::string text(std::string_view bytes) const;
};

/// An event as Sentry's store and envelope endpoints take it. Relay refuses one of more than 1 MiB,
/// so this has less than `most_bytes`; `extra` says what was left out for that.
[[nodiscard]] Json make_event(const Report& report);
constexpr std::size_t most_bytes = 900'000;

// Its parts.

/// A thread's id in the event.
[[nodiscard]] std::vector<std::string> thread_ids(const Snapshot& snapshot);

/// The thread the event is about: the crashed one, else one of a deadlock, else the first.
[[nodiscard]] std::optional<std::size_t> main_thread(const Report& report);

/// A stack, the oldest frame first. Null where the thread has none.
[[nodiscard]] Json stacktrace(Draft& draft, const Thread& thread, bool variables);

/// The traceback of an exception, the same way.
[[nodiscard]] Json stacktrace(Draft& draft, const Exception& exception);

/// What ended the process, last in the list, after the exceptions of the same thread. Empty where
/// nothing ended it and no threads wait for each other.
[[nodiscard]] Json exceptions(Draft& draft);

/// All threads. The one with a stack in `exceptions` has none here, as Sentry wants it.
[[nodiscard]] Json threads(Draft& draft, bool with_exception);

/// The ELF files, those with a frame in the event before others.
[[nodiscard]] Json images(Draft& draft);

/// Sentry's `debug_id` of an ELF file; empty when `build_id` is not one.
[[nodiscard]] std::string debug_id(std::string_view build_id);

/// 32 hex digits in the form of a version 4 UUID: always the same of the same process.
[[nodiscard]] std::string event_id(const Report& report);

}  // namespace pycore::sentry
