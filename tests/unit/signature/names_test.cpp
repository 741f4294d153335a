#include <string>

#include "signature/generated_text.hpp"
#include "signature/native_name.hpp"
#include "signature/python_name.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

std::string function(std::string file, std::string qualified_name)
{
    return python_function_name(*test::code(std::move(file), "name", std::move(qualified_name)));
}

TEST_CASE("a C++ function is its name, without what overloads and compilers add", "[signature]")
{
    CHECK(bare_function_name("decode_row") == "decode_row");
    CHECK(bare_function_name("tracking::Track::position_at(long) const") ==
          "tracking::Track::position_at");
    CHECK(bare_function_name("std::vector<int, std::allocator<int> >::at(unsigned long)") ==
          "std::vector::at");
    CHECK(bare_function_name("void sort<int*, bool (*)(int, int)>(int*, int*)") == "sort");
    CHECK(bare_function_name("decode(char const*) [clone .cold]") == "decode");
    CHECK(bare_function_name("(anonymous namespace)::parse(int)") == "{anonymous}::parse");
    CHECK(bare_function_name("run(int)::{lambda(int)#2}::operator()(int) const") ==
          "run::{lambda}::operator()");
    CHECK(bare_function_name("operator new(unsigned long)") == "operator new");
    CHECK(bare_function_name("ns::operator<<(std::ostream&, ns::T const&)") == "ns::operator<<");
    CHECK(bare_function_name("ns::T::operator->() const") == "ns::T::operator->");
    CHECK(bare_function_name("std::terminate()") == "std::terminate");
}

TEST_CASE("names of the C library and of Rust", "[signature]")
{
    CHECK(bare_function_name("__GI_raise") == "raise");
    CHECK(bare_function_name("memcpy@@GLIBC_2.14") == "memcpy");
    CHECK(bare_function_name("memcpy/memmove") == "memcpy");
    CHECK(bare_function_name("scan.constprop.0.isra.1") == "scan");
    CHECK(bare_function_name("<alloc::vec::Vec<T> as core::ops::Drop>::drop") ==
          "alloc::vec::Vec::drop");
    CHECK(bare_function_name("_RNvCs1a2B3c_7mycrate4main") ==
          bare_function_name("_RNvCs9z8Y7x_7mycrate4main"));
}

TEST_CASE("a broken name is no trouble", "[signature]")
{
    CHECK(bare_function_name("").empty());
    CHECK(bare_function_name("<").empty());
    CHECK(bare_function_name("f<") == "f");
    CHECK(bare_function_name("f(") == "f");
    CHECK(bare_function_name("a>b)c}") == "a>b)c}");
    CHECK(bare_function_name("operator") == "operator");
    CHECK(bare_function_name(std::string(2'000, '<')).empty());
}

TEST_CASE("a module is its name, without version and ABI", "[signature]")
{
    CHECK(bare_module_name("/usr/lib/libz.so.1.2.13") == "libz");
    CHECK(bare_module_name("/x/_codec.cpython-311-x86_64-linux-gnu.so") == "_codec");
    CHECK(bare_module_name("/x/_codec.cpython-313d-x86_64-linux-gnu.so") == "_codec");
    CHECK(bare_module_name("/x/_rust.abi3.so") == "_rust");
    CHECK(bare_module_name("/opt/app/host") == "host");
    CHECK(bare_module_name("/x/libfoo.so (deleted)") == "libfoo");
    CHECK(bare_module_name("/x/numpy.libs/libgfortran-040039e1.so.5.0.0") == "libgfortran-N");
}

TEST_CASE("a Python module has no folder of its installation in its name", "[signature]")
{
    for (const char* const root :
         {"/usr/lib/python3/dist-packages/", "/home/me/venv/lib/python3.12/site-packages/",
          "/usr/local/lib/python3.13/dist-packages/", "/opt/app.zip/", "/opt/lib/foo-1.0.egg/",
          "/usr/lib/python3.11/", "/opt/python/lib/python3.14/", "/usr/lib64/python3.13t/"}) {
        INFO(root);
        CHECK(module_of_file(std::string(root) + "app/orders.py") == "app.orders");
    }
    CHECK(module_of_file("/srv/releases/2024/app/orders.py") == "orders");
    CHECK(module_of_file("app/orders.py") == "orders");
    CHECK(module_of_file("orders.py") == "orders");
    CHECK(module_of_file("/usr/lib/python3.11/json/__init__.py") == "json");
    CHECK(module_of_file("/srv/app/__main__.py") == "app");
    CHECK(module_of_file("/usr/bin/tool") == "tool");
    // Only a folder of that name, below lib.
    CHECK(module_of_file("/home/me/python3.12/tool.py") == "tool");
    CHECK(module_of_file("/srv/lib/python3.12x/tool.py") == "tool");
}

TEST_CASE("code that is in no file has a name without counters", "[signature]")
{
    CHECK(module_of_file("<frozen importlib._bootstrap>") == "importlib._bootstrap");
    CHECK(module_of_file("<string>") == "<string>");
    CHECK(module_of_file("<script>") == "<string>");
    CHECK(module_of_file("<stdin>") == "<stdin>");
    CHECK(module_of_file("<ipython-input-17-2ab8d1fe09c4>") == "<ipython-input>");
    CHECK(module_of_file("/tmp/ipykernel_4711/123456.py") == "<ipython-input>");
    CHECK(module_of_file("<decorator-gen-12>") == "<decorator-gen-N>");
    CHECK(module_of_file("").empty());
}

TEST_CASE("functions without a name are those they are in", "[signature]")
{
    const std::string file = "/srv/app.py";
    CHECK(function(file, "Order.total") == "app.Order.total");
    CHECK(function(file, "play.<locals>.<listcomp>") == "app.play");
    CHECK(function(file, "f.<locals>.<lambda>.<locals>.<genexpr>") == "app.f");
    CHECK(function(file, "<lambda>") == "app.<module>");
    CHECK(function(file, "<listcomp>") == "app.<module>");
    CHECK(function(file, "outer.<locals>.inner") == "app.outer.<locals>.inner");
    CHECK(function(file, "<module>") == "app.<module>");
    CHECK(function("", "f") == "f");
    CHECK(python_function_name(PythonCode{}).empty());
}

TEST_CASE("numbers that a program makes are not part of names", "[signature]")
{
    CHECK(function("/srv/app.py", "handler_140234239487") == "app.handler_N");
    CHECK(function("/srv/app.py", "test_404.utf8") == "app.test_404.utf8");
    CHECK(without_numbers("object at 0x7f3a10", 5) == "object at N");
    CHECK(without_numbers("lost 2 of 13 entries", 1) == "lost N of N entries");
    CHECK(without_numbers("job-3fa85f64 is gone", 5) == "job-N is gone");
    CHECK(without_numbers("deadbeef, feedface", 5) == "deadbeef, feedface");
    CHECK(without_numbers("0x", 5) == "0x");
    CHECK(without_numbers("", 1).empty());
}

}  // namespace
}  // namespace pycore
