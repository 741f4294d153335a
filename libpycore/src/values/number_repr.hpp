#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace pycore {

/// `repr()` of a float: the shortest text that reads back as the same number.
std::string float_repr(double value);

std::string complex_repr(double real, double imaginary);

/// The decimal text of a magnitude given as digits of 30 bits, lowest first. Its cost grows with
/// the square of their count: the caller bounds it.
std::string decimal_text(std::span<const std::uint32_t> digits, bool negative);

}  // namespace pycore
