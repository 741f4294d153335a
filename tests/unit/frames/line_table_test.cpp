#include "frames/line_table.hpp"

#include <charconv>
#include <ostream>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace pycore {

std::ostream& operator<<(std::ostream& out, const SourcePosition& position)
{
    const auto show = [&](const std::optional<std::int32_t>& number) -> std::ostream& {
        return number ? out << *number : out << "None";
    };
    show(position.line) << ':';
    show(position.column) << '-';
    show(position.end_line) << ':';
    return show(position.end_column);
}

namespace test {
namespace {

std::vector<std::byte> from_hex(std::string_view hex)
{
    std::vector<std::byte> bytes;
    for (; hex.size() >= 2; hex.remove_prefix(2)) {
        unsigned value = 0;
        std::from_chars(hex.data(), hex.data() + 2, value, 16);
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

/// A position in the order of the tuples of `co_positions()`.
SourcePosition place(std::int32_t line,
                     std::int32_t end_line,
                     std::int32_t column,
                     std::int32_t end)
{
    return {.line = line, .end_line = end_line, .column = column, .end_column = end};
}

// The tables and positions are `co_linetable` and `list(co_positions())` of this function:
//
//     def shout(words,
//               loud=True):
//         total = 0
//         for word in words:
//             total += len(
//                 word.upper(
//                 ))
//         try:
//             return [w for w in words], total / 0
//         except ZeroDivisionError:
//             pass
//
TEST_CASE("a location table of 3.11 gives what co_positions() gave", "[frames]")
{
    const auto table = from_hex(
        "8000e00c0d8045d81015f00003050ff00003050f8804d8080d9513d80c108f4a8a4af100010d0ef400010d0ef1"
        "0302120ff40002120ff10002090f88058805f00603050dd80f21d00f219835d00f21d10f21d40f21a035a831a1"
        "39d00f2cd0082cf8dd0b1cf00001050df00001050df00001050dd8080c88048804f00301050df8f8f8");

    CHECK(find_position(table, 1, 0) == place(1, 1, 0, 0));
    CHECK(find_position(table, 1, 4) == place(4, 7, 4, 14));
    CHECK(find_position(table, 1, 26) == place(6, 7, 12, 13));
    CHECK(find_position(table, 1, 44) == place(8, 11, 4, 12));
    CHECK(find_position(table, 1, 47) == place(9, 9, 27, 32));
    CHECK(find_position(table, 1, 62) == SourcePosition{});
    CHECK(find_position(table, 1, 75) == place(10, 11, 4, 12));
    CHECK(find_position(table, 1, 78) == SourcePosition{});
}

TEST_CASE("a location table of 3.12 gives what co_positions() gave", "[frames]")
{
    const auto table = from_hex(
        "8000e00c0d8045d81015f20003050f8804d8080d9413d80c108f4a894af300010d0ef30302120ff10002090f89"
        "05f00303050ff00803050dd81b20d60f2190619201d20f21a035a831a139d00f2cd0082cf9d20f21f8dc0b1cf2"
        "0001050dd9080cf00301050dfa");

    CHECK(find_position(table, 1, 1) == place(3, 3, 12, 13));
    CHECK(find_position(table, 1, 29) == place(5, 7, 17, 14));
    CHECK(find_position(table, 1, 37) == place(4, 7, 4, 14));
    CHECK(find_position(table, 1, 48) == place(9, 9, 16, 17));
    CHECK(find_position(table, 1, 60) == SourcePosition{});
    CHECK(find_position(table, 1, 64) == place(9, 9, 15, 33));
    CHECK(find_position(table, 1, 76) == place(10, 11, 4, 12));
}

TEST_CASE("a location table of 3.13 gives what co_positions() gave", "[frames]")
{
    const auto table = from_hex(
        "8000e00c0d8045db10158804d8080d9413d80c108f4a894af300010d0ef30302120ff10002090f8a05f1030011"
        "16f00803050dd91b20d30f219935906192019935d10f21a035a831a139d00f2cd0082cf9d20f21f8dc0b1cf300"
        "01050dd9080cf00301050dfa");

    CHECK(find_position(table, 1, 6) == place(4, 4, 16, 21));
    CHECK(find_position(table, 1, 33) == place(5, 7, 8, 14));
    CHECK(find_position(table, 1, 40) == place(8, 11, 4, 12));
    CHECK(find_position(table, 1, 52) == place(9, 9, 16, 17));
    CHECK(find_position(table, 1, 83) == SourcePosition{});
}

TEST_CASE("a location table of 3.14 gives what co_positions() gave", "[frames]")
{
    const auto table = from_hex(
        "8000e00c0d8045db10158804d8080d9413d80c108f4a894af300010d0ef30302120ff50002090f8a05f1030011"
        "16f00803050dd91b20d30f219935906192019935d10f21a035a831a539d00f2cd0082cf9d20f21f8dc0b1cf400"
        "01050dda080cf00301050dfa");

    CHECK(find_position(table, 1, 25) == place(6, 7, 12, 13));
    CHECK(find_position(table, 1, 41) == place(5, 5, 8, 13));
    CHECK(find_position(table, 1, 63) == place(9, 9, 35, 44));
    CHECK(find_position(table, 1, 82) == place(10, 11, 4, 12));
    CHECK(find_position(table, 1, 90) == place(10, 11, 4, 12));
}

TEST_CASE("lines count from the first line of the code", "[frames]")
{
    CHECK(find_position(from_hex("8000"), 700, 0) == place(700, 700, 0, 0));
}

TEST_CASE("an entry without columns gives lines alone", "[frames]")
{
    // Code 13 with the line delta 2.
    const SourcePosition position = find_position(from_hex("e804"), 10, 0);

    CHECK(position.line == 12);
    CHECK(position.end_line == 12);
    CHECK_FALSE(position.column);
    CHECK_FALSE(position.end_column);
}

TEST_CASE("a line delta may lead back", "[frames]")
{
    // Code 13 with the delta -3.
    CHECK(find_position(from_hex("e807"), 10, 0).line == 7);
}

TEST_CASE("a line below zero or past 32 bits is absent", "[frames]")
{
    CHECK_FALSE(find_position(from_hex("e807"), 2, 0).line);
    CHECK_FALSE(find_position(from_hex("e804"), INT32_MAX, 0).line);
}

TEST_CASE("a unit past the table has no position", "[frames]")
{
    CHECK(find_position(from_hex("8700"), 1, 7) == place(1, 1, 0, 0));
    CHECK(find_position(from_hex("8700"), 1, 8) == SourcePosition{});
    CHECK(find_position({}, 1, 0) == SourcePosition{});
}

TEST_CASE("a table is believed up to where it is malformed", "[frames]")
{
    // The second entry lacks the bit that starts one.
    const auto table = from_hex("80000000");

    CHECK(find_position(table, 1, 0) == place(1, 1, 0, 0));
    CHECK(find_position(table, 1, 1) == SourcePosition{});
}

TEST_CASE("an entry that the table's end cuts has no position", "[frames]")
{
    CHECK(find_position(from_hex("80"), 1, 0) == SourcePosition{});
    CHECK(find_position(from_hex("d010"), 1, 0) == SourcePosition{});
    CHECK(find_position(from_hex("f00001"), 1, 0) == SourcePosition{});
}

TEST_CASE("a number that never ends is malformed", "[frames]")
{
    CHECK(find_position(from_hex("e87f7f7f7f7f7f7f7f7f00"), 1, 0) == SourcePosition{});
    CHECK(find_position(from_hex("e87f7f7f7f7f7f"), 1, 0) == SourcePosition{});
}

}  // namespace
}  // namespace test
}  // namespace pycore
