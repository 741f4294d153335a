#pragma once

#include <cstdint>
#include <string>

namespace pycore {

/// "read"; "syscall 999" for a number that is not known. Of x86-64.
std::string name_of_system_call(std::uint32_t number);

}  // namespace pycore
