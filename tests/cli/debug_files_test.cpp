#include <dlfcn.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/http_server.hpp"

namespace pycore::test {

// Out of the unnamed namespace and not inlined: the test looks for it in its own program's DWARF.
[[gnu::noinline]] int function_that_crashes(int argument);

int function_that_crashes(int argument)
{
    volatile int value = argument;
    return value + 1;
}

namespace {

using nlohmann::json;

constexpr Address place{0x7f0000000000};

/// The innermost frame of the thread that crashed.
json crash_site(const Outcome& outcome)
{
    return json::parse(outcome.out)["threads"][0]["stack"][0];
}

std::vector<std::string> warnings_of(const Outcome& outcome)
{
    std::vector<std::string> codes;
    const json report = json::parse(outcome.out);
    for (const json& warning : report["warnings"]) {
        codes.push_back(warning["code"]);
    }
    return codes;
}

bool has_code(const std::vector<std::string>& codes, const std::string& code)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

ElfBuilder library()
{
    return ElfBuilder().build_id("\xab\xcd\xef");
}

Bytes debug_file()
{
    return library().local_function("decode_row", 0x1020, 0x10).debug_file().bytes();
}

/// The core of a process that died in a stripped library.
struct StrippedCrash {
    TemporaryFolder folder;
    std::string core =
        folder.write("core",
                     CoreBuilder()
                         .process({.pid = 7, .command = "spin"})
                         .thread({.tid = 7,
                                  .signal = SIGSEGV,
                                  .pc = Address{place.value + 0x1028},
                                  .sp = Address{0x7000}})
                         .signal({})
                         .segment(place, library().first_page(), {.writable = false})
                         .mapped_file(place, ElfBuilder::page, 0, "/usr/lib/libx.so.1")
                         .mapped_file(Address{place.value + ElfBuilder::page},
                                      ElfBuilder::page,
                                      ElfBuilder::page,
                                      "/usr/lib/libx.so.1")
                         .not_saved(Address{place.value + ElfBuilder::page},
                                    ElfBuilder::page,
                                    {.writable = false, .executable = true})
                         .bytes());
};

TEST_CASE("option --debug-dir names functions of stripped libraries", "[cli]")
{
    const StrippedCrash crash;
    crash.folder.write("debug/.build-id/ab/cdef.debug", debug_file());

    const Outcome without = run({"--json", "--no-recorded-paths", crash.core});
    CHECK(crash_site(without)["function"] == nullptr);
    const Outcome with = run({"--json", "--no-recorded-paths", "--debug-dir",
                              crash.folder.path() / "debug", crash.core});
    CHECK(crash_site(with)["function"] == "decode_row");
}

TEST_CASE("debug files are found below the sysroot", "[cli]")
{
    const StrippedCrash crash;
    crash.folder.write("usr/lib/debug/.build-id/ab/cdef.debug", debug_file());

    const Outcome outcome = run({"--json", "--sysroot", crash.folder.path(), crash.core});
    CHECK(crash_site(outcome)["function"] == "decode_row");
}

TEST_CASE("servers are asked with --debuginfod and never without", "[cli]")
{
    if (::dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL) == nullptr) {
        std::puts("SKIPPED: libdebuginfod is not installed");
        return;
    }
    const HttpServer server({{"/buildid/abcdef/debuginfo", debug_file()}});
    const StrippedCrash crash;
    const std::vector<std::string> environment{
        "DEBUGINFOD_URLS=" + server.url(), "no_proxy=127.0.0.1",
        "DEBUGINFOD_CACHE_PATH=" + (crash.folder.path() / "cache").string()};

    const Outcome without = run({.arguments = {"--json", crash.core}, .environment = environment});
    CHECK(crash_site(without)["function"] == nullptr);
    CHECK(server.requests() == 0);
    const Outcome with =
        run({.arguments = {"--json", "--debuginfod", crash.core}, .environment = environment});
    CHECK(crash_site(with)["function"] == "decode_row");
    CHECK(server.requests() == 1);
}

TEST_CASE("option --debuginfod without a server is a warning", "[cli]")
{
    const StrippedCrash crash;
    CHECK(has_code(warnings_of(run({"--json", "--debuginfod", crash.core})),
                   "debuginfod-unavailable"));
    CHECK_FALSE(has_code(warnings_of(run({"--json", crash.core})), "debuginfod-unavailable"));
}

/// The core of a process that died in this very program.
Bytes core_of_this_program(const std::string& path)
{
    Dl_info program{};
    auto* const function = reinterpret_cast<const void*>(&function_that_crashes);
    REQUIRE(::dladdr(function, &program) != 0);
    const auto offset = reinterpret_cast<std::uintptr_t>(function) -
                        reinterpret_cast<std::uintptr_t>(program.dli_fbase);
    Bytes first_page(ElfBuilder::page);
    std::ifstream(path, std::ios::binary)
        .read(reinterpret_cast<char*>(first_page.data()), std::ssize(first_page));
    const std::uint64_t pages = (offset / ElfBuilder::page + 1) * ElfBuilder::page;
    return CoreBuilder()
        .thread({.tid = 7, .signal = SIGSEGV, .pc = Address{place.value + offset}})
        .signal({})
        .segment(place, first_page, {.writable = false})
        .not_saved(Address{place.value + ElfBuilder::page}, pages, {.executable = true})
        .mapped_file(place, pages, 0, path)
        .bytes();
}

TEST_CASE("source lines of C code are told unless --no-lines leaves them out", "[cli]")
{
    const std::string path = std::filesystem::read_symlink("/proc/self/exe");
    const TemporaryFolder folder;
    const std::string core = folder.write("core", core_of_this_program(path));

    const json with = crash_site(run({"--json", core}));
    const json without = crash_site(run({"--json", "--no-lines", core}));

    const std::string function = "pycore::test::function_that_crashes(int)";
    CHECK(with["function"] == function);
    CHECK(without["function"] == function);
    CHECK(without["line"] == nullptr);
    CHECK(without["file"] == nullptr);
    if (with["line"].is_null()) {
        std::puts("SKIPPED: this build has no debug information");
        return;
    }
    CHECK_THAT(with["file"].get<std::string>(), contains("debug_files_test.cpp"));
}

TEST_CASE("the interpreter's own frames are folded unless --all-frames shows them", "[cli]")
{
    const Outcome folded = run({"--no-recorded-paths", python_core()});
    CHECK_THAT(folded.out, contains(" interpreter frames]"));
    const Outcome all = run({"--no-recorded-paths", "--all-frames", python_core()});
    CHECK(all.out.find(" interpreter frames]") == std::string::npos);
    CHECK(all.out.size() > folded.out.size());
}

}  // namespace
}  // namespace pycore::test
