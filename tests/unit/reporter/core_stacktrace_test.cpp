#include "exchange/core_stacktrace.hpp"

#include "exchange/packages.hpp"
#include "exchange/python_place.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using exchange::core_stacktrace;
using exchange::Json;

ModuleDescription module_at(std::uint64_t low, const std::string& path)
{
    ModuleDescription made;
    made.path = path;
    made.build_id = "00ff";
    made.range = *AddressRange::make(Address{low}, 0x100000);
    return made;
}

TEST_CASE("C frames have the address and its distance from the module's start", "[exchange]")
{
    test::SnapshotBuilder builder;
    builder.thread(1, "Main", {test::frame(test::code("/srv/app.py", "inner", "A.inner"), 42)});
    builder.native_frame(test::native_call("strlen", 0)).segfault_at_null();
    builder.edit().modules.push_back(module_at(0x7f00'0040'0000, "/lib/libc.so.6"));
    const Json frames = core_stacktrace(builder.edit()).threads[0]["frames"];
    CHECK(frames[0] == Json{{"address", 0x7f00'0040'1230},
                            {"build_id", "00ff"},
                            {"build_id_offset", 0x1230},
                            {"file_name", "/lib/libc.so.6"},
                            {"function_name", "strlen"}});
    CHECK(frames[1] == Json{{"address", 0},
                            {"build_id_offset", 42},
                            {"function_name", "py:app.A.inner"},
                            {"file_name", "/srv/app.py"}});
}

TEST_CASE("functions that were inlined are no frames of satyr's", "[exchange]")
{
    test::SnapshotBuilder builder;
    builder.thread(1, "Main", {}).native_frame(test::native_call("outer"));
    NativeCall inlined = test::native_call("inner");
    inlined.inlined = true;
    builder.native_frame(inlined).segfault_at_null();
    const Json frames = core_stacktrace(builder.edit()).threads[0]["frames"];
    REQUIRE(frames.size() == 1);
    CHECK(frames[0]["function_name"] == "outer");
}

TEST_CASE("one thread is the crash thread, though none crashed", "[exchange]")
{
    test::SnapshotBuilder builder;
    const auto frame = test::frame(test::code("a.py", "f"), 1);
    builder.native_thread(1).thread(2, "Main", {frame}).thread(3, "other", {frame});
    const auto stacktrace = core_stacktrace(builder.edit());
    CHECK(stacktrace.none_crashed);
    CHECK(stacktrace.threads.size() == 3);
    CHECK(stacktrace.threads[0]["crash_thread"] == true);
    CHECK(stacktrace.threads[0]["frames"][0]["function_name"] == "py:a.f");
    CHECK_FALSE(stacktrace.threads[1].contains("crash_thread"));
    CHECK(stacktrace.threads[1]["frames"][0]["address"] == 0x401000);  // of its registers
    CHECK(exchange::remarks(stacktrace).contains("crash_thread"));
}

TEST_CASE("of a long stack the innermost frames are told, and how many are not", "[exchange]")
{
    test::SnapshotBuilder builder;
    std::vector<PythonFrame> stack;
    for (int line = 0; line < 300; ++line) {
        stack.push_back(test::frame(test::code("a.py", "f"), line));
    }
    builder.thread(1, "Main", stack).segfault_at_null();
    const auto stacktrace = core_stacktrace(builder.edit());
    REQUIRE(stacktrace.threads[0]["frames"].size() == 256);
    CHECK(stacktrace.threads[0]["frames"][255]["build_id_offset"] == 255);
    CHECK(stacktrace.frames_left_out == 44);
}

TEST_CASE("packages are those the ELF files tell of, in Fedora's form", "[exchange]")
{
    test::SnapshotBuilder builder;
    builder.edit().modules = {module_at(0x1000, "/usr/bin/python3.12"), module_at(0, "/lib/a.so")};
    builder.edit().modules[0].executable = true;
    CHECK(exchange::operating_system(builder.edit())["name"] == "linux");
    CHECK(exchange::packages(builder.edit()).empty());
    CHECK(exchange::component(builder.edit()) == "python3");

    builder.edit().modules[0].package = "python3.12 3.12.1-2.fc39";
    builder.edit().modules[1].package = "a bad version-1.fc39";
    CHECK(exchange::operating_system(builder.edit())["version"] == "39");
    const Json packages = exchange::packages(builder.edit());
    REQUIRE(packages.size() == 1);
    CHECK(packages[0]["version"] == "3.12.1");
    CHECK(packages[0]["release"] == "2.fc39");
    CHECK(packages[0]["package_role"] == "affected");
    CHECK(exchange::component(builder.edit()) == "python3.12");

    builder.edit().modules[0].package = "python3.13 3.13.5-2";  // of Debian
    CHECK(exchange::packages(builder.edit()).empty());
}

TEST_CASE("modules have the names that they are imported by, as far as a path tells", "[exchange]")
{
    CHECK(exchange::module_of("/usr/lib/python3.13/concurrent/futures/thread.py") ==
          "concurrent.futures.thread");
    CHECK(exchange::module_of("/v/lib/python3.12/site-packages/numpy/__init__.py") == "numpy");
    CHECK(exchange::module_of("/srv/shop/app.py") == "app");
    CHECK(exchange::module_of("<frozen importlib._bootstrap>") == "importlib._bootstrap");
    CHECK(exchange::module_of("<string>").empty());
    CHECK(exchange::module_of("").empty());
    CHECK(exchange::place_of("/usr/lib/python3.13/threading.py").library);
    CHECK(exchange::place_of("/usr/lib/python3/dist-packages/yaml/x.py").library);
    CHECK_FALSE(exchange::place_of("/srv/lib/app.py").library);
}

TEST_CASE("text is cut between characters", "[exchange]")
{
    CHECK(exchange::text("abcdef", 6) == "abcdef");
    CHECK(exchange::text("abcdefg", 6) == "abc...");
    CHECK(exchange::text("ab\xE2\x82\xACx", 5) == "ab...");
    CHECK(exchange::text("a\nb", 9) == "a\\nb");
}

}  // namespace
}  // namespace pycore
