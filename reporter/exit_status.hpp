#pragma once

namespace pycore::exit_status {

// The contract of the command line. Collectors look at them.
inline constexpr int written = 0;
inline constexpr int not_python = 1;
inline constexpr int usage = 2;
inline constexpr int unreadable = 3;
inline constexpr int limit = 4;

// Of --self-check: a report of a crash on this host would miss something.
inline constexpr int not_complete = 1;

}  // namespace pycore::exit_status
