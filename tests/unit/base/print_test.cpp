#include "support/print.hpp"

#include <string>

#include "support/catch.hpp"

namespace pycore {
namespace {

TEST_CASE("a failed comparison shows an address in hexadecimal", "[support]")
{
    CHECK(Catch::Detail::stringify(Address{0x7f10}) == "0x7f10");
}

TEST_CASE("a failed comparison shows a fault in words", "[support]")
{
    const Fault fault{FaultCode::not_saved, 0x7f10, "thread state"};
    CHECK(Catch::Detail::stringify(fault) == "thread state at 0x7f10: not_saved");
}

TEST_CASE("a failed comparison shows a range with its open end", "[support]")
{
    const auto range = AddressRange::make(Address{0x1000}, 0x20);
    REQUIRE(range);
    CHECK(Catch::Detail::stringify(*range) == "[0x1000, 0x1020)");
}

}  // namespace
}  // namespace pycore
