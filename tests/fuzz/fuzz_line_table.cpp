// The first byte is the code unit asked for, the rest the location table.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "frames/line_table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto table = std::as_bytes(std::span(data, size)).subspan(1);
    const auto first = pycore::find_position(table, 1, data[0]);
    if (first != pycore::find_position(table, 1, data[0])) {
        std::abort();
    }
    // Lines are sums of the table's differences: they must not wrap at either end.
    static_cast<void>(pycore::find_position(table, INT32_MAX, data[0]));
    static_cast<void>(pycore::find_position(table, INT32_MIN, data[0]));
    static_cast<void>(pycore::find_position(table, 1, INT64_MAX));
    static_cast<void>(pycore::find_position(table, 1, -1));
    return 0;
}
