#include "unwind/debuginfod.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/http_server.hpp"
#include "support/temporary_folder.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore::test {
namespace {

bool library_is_missing()
{
    const bool missing = ::dlopen(Debuginfod::library_name, RTLD_NOW | RTLD_LOCAL) == nullptr;
    if (missing) {
        std::puts("SKIPPED: libdebuginfod is not installed");
    }
    return missing;
}

/// What a user sets, with a cache of its own.
struct Environment {
    explicit Environment(const std::string& urls)
    {
        ::setenv("DEBUGINFOD_URLS", urls.c_str(), 1);
        ::setenv("DEBUGINFOD_CACHE_PATH", cache.path().c_str(), 1);
        ::setenv("no_proxy", "127.0.0.1", 1);
    }
    Environment(const Environment&) = delete;
    Environment(Environment&&) = delete;
    Environment& operator=(const Environment&) = delete;
    Environment& operator=(Environment&&) = delete;
    ~Environment()
    {
        ::unsetenv("DEBUGINFOD_URLS");
        ::unsetenv("DEBUGINFOD_CACHE_PATH");
    }

    TemporaryFolder cache;
};

Bytes debug_file(std::string_view build_id)
{
    return ElfBuilder()
        .build_id(build_id)
        .local_function("decode_row", 0x1020, 0x10)
        .debug_file()
        .bytes();
}

std::string code_of(const Debuginfod& server)
{
    return server.problem() ? server.problem()->code : "none";
}

TEST_CASE("a debug file is fetched by build id, once", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/buildid/abcdef/debuginfo", debug_file("\xab\xcd\xef")}});
    const Environment environment(server.url());
    for (int time = 0; time < 2; ++time) {
        Debuginfod debuginfod(nullptr);
        const auto file = debuginfod.find("abcdef");
        REQUIRE(file != nullptr);
        CHECK(file->build_id() == "abcdef");
        CHECK(code_of(debuginfod) == "none");
    }
    CHECK(server.requests() == 1);
}

TEST_CASE("a file that the server does not know is no problem", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/buildid/abcdef/debuginfo", debug_file("\xab\xcd\xef")}});
    const Environment environment(server.url());
    Debuginfod debuginfod(nullptr);
    CHECK(debuginfod.find("abcdee") == nullptr);
    CHECK(server.requests() == 1);
    CHECK(code_of(debuginfod) == "none");
}

TEST_CASE("a file with another build id than asked for is not taken", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/buildid/abcdee/debuginfo", debug_file("\xab\xcd\xef")},
                             {"/buildid/abcdff/debuginfo", bytes_of("no ELF file at all")}});
    const Environment environment(server.url());
    Debuginfod debuginfod(nullptr);
    CHECK(debuginfod.find("abcdee") == nullptr);
    CHECK(debuginfod.find("abcdff") == nullptr);
    CHECK(server.requests() == 2);
}

TEST_CASE("what is no build id is never asked for", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/", Bytes()}});
    const Environment environment(server.url());
    Debuginfod debuginfod(nullptr);
    for (const std::string& id :
         {std::string(), std::string("abc"), std::string("../../x"), std::string(130, 'a')}) {
        CHECK(debuginfod.find(id) == nullptr);
    }
    CHECK(server.requests() == 0);
}

TEST_CASE("a server that never answers is waited for half of the time, once", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({});
    const Environment environment(server.url());
    const auto start = std::chrono::steady_clock::now();
    const Deadline deadline(std::chrono::seconds(3));
    Debuginfod debuginfod(&deadline);
    CHECK(debuginfod.find("abcdef") == nullptr);
    CHECK(code_of(debuginfod) == "debuginfod-too-slow");
    CHECK(debuginfod.find("abcdee") == nullptr);
    const auto taken = std::chrono::steady_clock::now() - start;
    CHECK(taken >= std::chrono::milliseconds(1400));
    CHECK(taken < std::chrono::seconds(30));  // without an end it is 90 seconds
    CHECK(server.requests() == 1);
}

TEST_CASE("a server that is not there is told", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    std::string url;
    {
        const HttpServer server({});
        url = server.url();
    }
    const Environment environment(url);
    Debuginfod debuginfod(nullptr);
    CHECK(debuginfod.find("abcdef") == nullptr);
    CHECK(code_of(debuginfod) == "debuginfod-failed");
}

TEST_CASE("without servers or a library that is told at once", "[unwind]")
{
    {
        const Environment environment("");
        const Debuginfod debuginfod(nullptr);
        CHECK(code_of(debuginfod) == "debuginfod-unavailable");
        CHECK_THAT(debuginfod.problem()->message, contains("DEBUGINFOD_URLS"));
    }
    const Environment environment("http://127.0.0.1:1");
    Debuginfod debuginfod(nullptr, "libnot-there.so.1");
    CHECK(code_of(debuginfod) == "debuginfod-unavailable");
    CHECK_THAT(debuginfod.problem()->message, contains("libnot-there.so.1"));
    CHECK_FALSE(debuginfod.problem()->data_lost);
    CHECK(debuginfod.find("abcdef") == nullptr);
}

/// A module without symbols, and one of the kernel that looks alike.
std::vector<Module> stripped_modules()
{
    std::vector<Module> modules(2);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        modules[i].path = i == 0 ? "/usr/lib/libx.so.1" : "[vdso]";
        modules[i].build_id = "abcdef";
        modules[i].bias = 0x7000 + i * 0x10000;
        modules[i].range = AddressRange::make(Address{modules[i].bias}, 0x2000).value();
    }
    return modules;
}

TEST_CASE("servers are asked for the names of a stripped module, when they may be", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/buildid/abcdef/debuginfo", debug_file("\xab\xcd\xef")}});
    const Environment environment(server.url());
    const auto modules = stripped_modules();
    const AddressSpace memory(CoreBuilder().segment(Address{0x7000}, "code").open());

    NativeSymbols without(memory, modules, {.recorded_paths = false});
    CHECK_FALSE(without.find(Address{0x8028}, 0));
    CHECK(without.find_supplement("abcdef") == nullptr);
    CHECK(server.requests() == 0);

    NativeSymbols with(memory, modules, {.recorded_paths = false, .debuginfod = true});
    CHECK_FALSE(with.find(Address{0x18028}, 1));
    CHECK(server.requests() == 0);
    const auto symbol = with.find(Address{0x8028}, 0);
    REQUIRE(symbol);
    CHECK(symbol->function == "decode_row");
    CHECK(symbol->offset == 8);
    CHECK(with.find_supplement("abcdef") != nullptr);
    CHECK(with.gaps().empty());
}

TEST_CASE("a debug file that is here is not asked for", "[unwind]")
{
    if (library_is_missing()) {
        return;
    }
    const HttpServer server({{"/buildid/abcdef/debuginfo", debug_file("\xab\xcd\xef")}});
    const Environment environment(server.url());
    const TemporaryFolder folder;
    folder.write(".build-id/ab/cdef.debug", debug_file("\xab\xcd\xef"));
    const auto modules = stripped_modules();
    const AddressSpace memory(CoreBuilder().segment(Address{0x7000}, "code").open());
    NativeSymbols symbols(
        memory, modules,
        {.recorded_paths = false, .debug_paths = {folder.path()}, .debuginfod = true});

    CHECK(symbols.find(Address{0x8028}, 0));
    CHECK(server.requests() == 0);
}

TEST_CASE("asking for servers that cannot be asked is told", "[unwind]")
{
    const Environment environment("");
    const AddressSpace memory(CoreBuilder().segment(Address{0x7000}, "code").open());
    const NativeSymbols symbols(memory, {}, {.debuginfod = true});
    REQUIRE(symbols.gaps().size() == 1);
    CHECK(symbols.gaps()[0].code == "debuginfod-unavailable");
}

}  // namespace
}  // namespace pycore::test
