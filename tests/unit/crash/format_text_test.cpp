#include "crash/format_text.hpp"

#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {
namespace {

constexpr Address text{0x1000};

using Argument = std::optional<std::uint64_t>;

std::optional<std::string> format(std::string_view pattern,
                                  const std::vector<Argument>& arguments,
                                  const Limits& limits = {})
{
    FakeMemory memory;
    memory.add_area(text, 0x40);
    memory.write_bytes(text, bytes_of("nb_add"));
    return format_text(memory, pattern, arguments, limits);
}

TEST_CASE("arguments are written as printf writes them", "[crash]")
{
    CHECK(format("plain 100%%", {}) == "plain 100%");
    CHECK(format("Slot %s of %s", {text.value, 0}) == "Slot nb_add of (null)");
    CHECK(format("'%c'", {0xABCD'0000'0041}) == "'A'");
    CHECK(format("%d %i", {0xFFFF'FFFF, 0x1'0000'0007}) == "-1 7");
    CHECK(format("%u %x", {0xFFFF'FFFF, 0xAB}) == "4294967295 ab");
    CHECK(format("%zd %ld %lld", {UINT64_MAX, 5, 6}) == "-1 5 6");
    CHECK(format("%zu", {UINT64_MAX}) == "18446744073709551615");
    CHECK(format("%p %p", {0x10, 0}) == "0x10 (nil)");
    CHECK(format("", {}) == "");
}

TEST_CASE("what cannot be written exactly is not written", "[crash]")
{
    CHECK_FALSE(format("%s", {}).has_value());
    CHECK_FALSE(format("%s", {std::nullopt}).has_value());
    CHECK_FALSE(format("%s", {0xdead0000}).has_value());
    CHECK_FALSE(format("%5d", {1}).has_value());
    CHECK_FALSE(format("%f", {1}).has_value());
    CHECK_FALSE(format("%n", {text.value}).has_value());
    CHECK_FALSE(format("%ls", {text.value}).has_value());
    CHECK_FALSE(format("%", {1}).has_value());
    CHECK_FALSE(format("%l", {1}).has_value());
    Limits limits;
    limits.max_text_bytes = 8;
    CHECK(format("%s %c", {text.value, 'x'}, limits) == "nb_add x");
    CHECK_FALSE(format("%s %c%c", {text.value, 'x', 'y'}, limits).has_value());
}

}  // namespace
}  // namespace pycore::test
