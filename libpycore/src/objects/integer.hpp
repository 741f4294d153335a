#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The value of the `int` at `at`. `bad_format` when the object is no int, `limit_reached` when
/// its magnitude needs more than 64 bits. Thread idents and versions are never negative; a
/// negative value is `bad_format` here.
Result<std::uint64_t> read_unsigned(const Memory& memory, const Layout& layout, Address at);

/// An int of any size: its sign, and its magnitude in digits of 30 bits, lowest first.
struct IntegerDigits {
    bool negative = false;
    std::vector<std::uint32_t> digits;
};

/// `limit_reached` when there are more than `max_digits`.
Result<IntegerDigits> read_digits(const Memory& memory,
                                  const Layout& layout,
                                  Address at,
                                  std::size_t max_digits);

}  // namespace pycore
