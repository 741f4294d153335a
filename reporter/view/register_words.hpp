#pragma once

#include <string>

#include "pycore/crash.hpp"

namespace pycore {

/// What an address points to: "strlen+0x12 in libc.so.6", "list object", "stack of thread 12",
/// "writable memory". Not printable yet.
std::string target_text(const AddressTarget& target);

}  // namespace pycore
