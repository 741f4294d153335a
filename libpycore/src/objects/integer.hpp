#pragma once

#include <cstdint>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The value of the `int` at `at`. `bad_format` when the object is no int, `limit_reached` when
/// its magnitude needs more than 64 bits. Thread idents and versions are never negative; a
/// negative value is `bad_format` here.
Result<std::uint64_t> read_unsigned(const Memory& memory, const Layout& layout, Address at);

}  // namespace pycore
