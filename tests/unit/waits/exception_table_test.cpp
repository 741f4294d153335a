#include "waits/exception_table.hpp"

#include <string_view>

#include "support/catch.hpp"

namespace pycore::test {
namespace {

using namespace std::literals;

// What CPython 3.13.0 and 3.14.10 make of
//
//      2  def f(a, b, c):
//      3      with a:
//      4          before()
//      5          with b:
//      6              try:
//      7                  for x in c:
//      8                      here(x)
//      9              except ValueError:
//     10                  with c:
//     11                      there()
//     12          after()
//     13      with b:
//     14          last()
//
// and what `dis` says of it: the ranges, and at which units the lines are.
constexpr std::string_view table_3_13 =
    "\x83\rB\x1f\x03\x90\x01"
    "B\x0e\x05\x92\x14"
    "A\x16\x04\xa6\x12"
    "B\x1f\x03\xc1\x02\x0b"
    "B0\x03\xc1\x16\x0c"
    "B\x0b\x07\xc1\"\x0b"
    "A8\t\xc1-\x08"
    "B\x0b\x07\xc1"
    "5\x03"
    "B\x0e\x05\xc1"
    "8\nB\x07\r\xc2\x02\x03"
    "B\x0b\x07\xc2\x05\x02"
    "B\x0e\x05\xc2\x07\x04"
    "B\x0b\x07\xc2\x0b\x03"
    "B\x0e\x05\xc2\x0e\n"
    "B\x1c\t\xc2\x18\x07"
    "B\x1f\x03\xc2\x1f\n"
    "B-\x07\xc2"
    "0\nB>\x07"sv;
constexpr std::string_view table_3_14 =
    "\x8b\x15"
    "C\x05\x05\xa0\x01"
    "B2\t\xa2\x14"
    "A/\x08\xb6\x12"
    "C\x05\x05\xc1\x1a\x0b"
    "C\x18\x05\xc1/\x15"
    "B/\x0b\xc2\x04\x0b"
    "B\x1a\x0f\xc2\x0f\x08"
    "B/\x0b\xc2\x17\x03"
    "B2\t\xc2\x1a\x0b"
    "B+\x13\xc2%\x04"
    "B/\x0b\xc2)\x02"
    "B2\t\xc2+\x04"
    "B/\x0b\xc2/\x03"
    "B2\t\xc2"
    "2\x0b"
    "C\x02\r\xc2=\x08"
    "C\x05\x05\xc3\x05\x0b"
    "C\x15\t\xc3\x18\x0b"
    "C)\t"sv;

std::vector<ExceptionRange> ranges_of(std::string_view table)
{
    return read_exception_ranges(std::as_bytes(std::span(table)));
}

std::int64_t depth_at(const std::vector<ExceptionRange>& ranges, std::int64_t unit)
{
    const ExceptionRange* const range = find_range(ranges, unit);
    return range != nullptr ? range->depth : 0;
}

TEST_CASE("the ranges of an exception table are those that dis prints", "[waits]")
{
    const auto ranges = ranges_of(table_3_13);

    REQUIRE(ranges.size() == 18);
    CHECK(ranges[0].start == 3);
    CHECK(ranges[0].end == 16);
    CHECK(ranges[0].target == 159);
    CHECK(ranges[0].depth == 1);
    CHECK(ranges[8].start == 117);
    CHECK(ranges[8].end == 120);
    CHECK(ranges[8].target == 142);
    CHECK(ranges[8].depth == 2);
    CHECK(ranges[17].start == 176);
    CHECK(ranges[17].end == 186);
    CHECK(ranges[17].target == 190);
    CHECK(ranges[17].depth == 3);
}

TEST_CASE("a unit has as much of the value stack as its range says", "[waits]")
{
    const auto ranges = ranges_of(table_3_13);

    CHECK(depth_at(ranges, 2) == 0);    // enters `with a`
    CHECK(depth_at(ranges, 9) == 1);    // before()
    CHECK(depth_at(ranges, 15) == 1);   // enters `with b`
    CHECK(depth_at(ranges, 29) == 2);   // here(x)
    CHECK(depth_at(ranges, 104) == 4);  // there()
    CHECK(depth_at(ranges, 51) == 1);   // after()
    CHECK(depth_at(ranges, 59) == 0);   // leaves `with a`
    CHECK(depth_at(ranges, 10'000) == 0);
    CHECK(depth_at(ranges, -1) == 0);
}

TEST_CASE("a block starts after what entered it, whatever is inside of it", "[waits]")
{
    const auto old = ranges_of(table_3_13);
    CHECK(find_block_start(old, 9, 1) == 3);
    CHECK(find_block_start(old, 29, 1) == 3);
    CHECK(find_block_start(old, 29, 2) == 16);  // and not 18, the `try`
    CHECK(find_block_start(old, 51, 1) == 3);
    CHECK(find_block_start(old, 72, 1) == 66);  // the second `with b`
    // In the handler, which is elsewhere.
    CHECK(find_block_start(old, 104, 4) == 98);
    CHECK(find_block_start(old, 104, 2) == 16);
    CHECK(find_block_start(old, 104, 1) == 3);

    const auto pairs = ranges_of(table_3_14);
    CHECK(find_block_start(pairs, 40, 2) == 11);
    CHECK(find_block_start(pairs, 40, 4) == 32);
    CHECK(find_block_start(pairs, 136, 7) == 132);
    CHECK(find_block_start(pairs, 136, 4) == 32);
    CHECK(find_block_start(pairs, 136, 2) == 11);
    CHECK(find_block_start(pairs, 92, 2) == 90);
}

TEST_CASE("what is deeper than its unit has no block", "[waits]")
{
    const auto ranges = ranges_of(table_3_13);

    CHECK(find_block_start(ranges, 9, 2) == -1);
    CHECK(find_block_start(ranges, 2, 1) == -1);
    CHECK(find_block_start({}, 2, 1) == -1);
}

TEST_CASE("a table that ends in the middle of an entry keeps those before it", "[waits]")
{
    CHECK(ranges_of(table_3_13.substr(0, 12)).size() == 2);
    CHECK(ranges_of(""sv).empty());
    CHECK(ranges_of("\xC0"sv).empty());
    CHECK(ranges_of("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x01\x01"sv).empty());
}

TEST_CASE("handlers that lead to each other come to an end", "[waits]")
{
    const std::vector<ExceptionRange> ring{{.start = 0, .end = 8, .target = 9, .depth = 2},
                                           {.start = 8, .end = 16, .target = 1, .depth = 2}};

    CHECK(find_block_start(ring, 1, 2) >= 0);
    CHECK(find_block_start(ring, 1, 1) == -1);
}

// 3.14.10 of
//
//      2  def compute():
//      3      with lock:
//      4          number = 0
//      5          while True:
//      6              number += 1
//      7              if number == 1000:
//      8                  steps.append(number)
//
// where the jumps at the end of line 7 are at 32 and 35.
TEST_CASE("jumps that CPython leaves out of its table belong to what is before them", "[waits]")
{
    const std::vector<ExceptionRange> ranges{{15, 32, 60, 2}, {37, 60, 60, 2}, {60, 71, 77, 4}};

    CHECK(find_covered_unit(ranges, 20, OpcodeRole::other) == 20);
    CHECK(find_covered_unit(ranges, 32, OpcodeRole::other) == 31);
    CHECK(find_covered_unit(ranges, 34, OpcodeRole::other) == 31);
    CHECK(find_covered_unit(ranges, 35, OpcodeRole::jump_backward) == 31);
    // Behind the end of a block comes the call that leaves it, not much later.
    CHECK(find_covered_unit(ranges, 35, OpcodeRole::other) == 35);
    CHECK(find_covered_unit(ranges, 72, OpcodeRole::call) == 72);
    CHECK(find_covered_unit(ranges, 11, OpcodeRole::other) == 11);
    CHECK(find_covered_unit({}, 3, OpcodeRole::jump_backward) == 3);
}

}  // namespace
}  // namespace pycore::test
