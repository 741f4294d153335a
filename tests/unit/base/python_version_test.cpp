#include "pycore/python_version.hpp"

#include "support/catch.hpp"

namespace pycore {
namespace {

TEST_CASE("versions are spelled as CPython spells its own", "[base]")
{
    CHECK(to_string(PythonVersion::from_hex(0x030b02f0)) == "3.11.2");
    CHECK(to_string(PythonVersion::from_hex(0x030f00c1)) == "3.15.0rc1");
    CHECK(to_string(PythonVersion::from_hex(0x030e00a7)) == "3.14.0a7");
    CHECK(to_string(PythonVersion::from_hex(0x030e00b2)) == "3.14.0b2");
}

}  // namespace
}  // namespace pycore
