#include "python/path_version.hpp"

#include "support/catch.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a program or library of CPython is known by its file name", "[python]")
{
    CHECK(names_python("/usr/bin/python3.13"));
    CHECK(names_python("/usr/bin/python3-dbg"));
    CHECK(names_python("/opt/lib/libpython3.11.so.1.0"));
}

TEST_CASE("an extension module or a folder of CPython is not CPython", "[python]")
{
    CHECK_FALSE(names_python("/usr/lib/python3.13/lib-dynload/_x.cpython-313-x86_64-linux-gnu.so"));
    CHECK_FALSE(names_python("/usr/lib/python3.13/libc.so.6"));
    CHECK_FALSE(names_python(""));
}

}  // namespace
}  // namespace pycore::test
