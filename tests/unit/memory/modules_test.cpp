#include <algorithm>

#include "memory/module.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};
constexpr Address other_place{0x7f0000100000};

Address plus(Address at, std::uint64_t bytes)
{
    return Address{at.value + bytes};
}

/// Maps a library as a kernel shows it: the first page saved, code not saved, data saved.
CoreBuilder& map_library(CoreBuilder& core,
                         Address at,
                         const ElfBuilder& library,
                         const std::string& path)
{
    core.segment(at, library.first_page(), {.writable = false})
        .not_saved(plus(at, ElfBuilder::read_only), ElfBuilder::page,
                   {.writable = false, .executable = true})
        .segment(plus(at, ElfBuilder::writable), Bytes(ElfBuilder::page));
    for (std::uint64_t offset = 0; offset < ElfBuilder::size; offset += ElfBuilder::page) {
        core.mapped_file(plus(at, offset), ElfBuilder::page, offset, path);
    }
    return core;
}

std::vector<Module> modules_of(const CoreBuilder& builder, const Limits& limits = {})
{
    const CoreFile core = builder.open();
    std::vector<Gap> gaps;
    return read_modules(core, AddressSpace(core), limits, gaps);
}

TEST_CASE("the mappings of one file are one module", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder().build_id("\xab\xcd"), "/lib/x.so");

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 1);
    CHECK(modules[0].path == "/lib/x.so");
    CHECK(modules[0].build_id == "abcd");
    CHECK(modules[0].range == AddressRange::make(place, ElfBuilder::size));
    CHECK(modules[0].bias == place.value);
    REQUIRE(modules[0].writable_ranges.size() == 1);
    CHECK(modules[0].writable_ranges[0].low() == plus(place, ElfBuilder::writable));
    CHECK_FALSE(modules[0].executable);
    CHECK_FALSE(modules[0].deleted);
}

TEST_CASE("a file mapped twice is two modules", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder(), "/lib/x.so");
    map_library(core, plus(place, ElfBuilder::size), ElfBuilder(), "/lib/x.so");

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 2);
    CHECK(modules[0].range.high() == modules[1].range.low());
    CHECK(modules[1].bias == place.value + ElfBuilder::size);
}

TEST_CASE("a library with a second mapping of its first page is one module", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder(), "/lib/x.so");
    core.mapped_file(plus(place, ElfBuilder::writable), ElfBuilder::page, 0, "/lib/x.so");

    CHECK(modules_of(core).size() == 1);
}

TEST_CASE("mapped files that are no ELF files are no modules", "[memory]")
{
    CoreBuilder core;
    core.segment(place, "locale data", {.size = 4096, .writable = false})
        .mapped_file(place, 4096, 0, "/usr/lib/locale/C.utf8/LC_CTYPE")
        .not_saved(other_place, 4096, {.writable = false})
        .mapped_file(other_place, 4096, 0, "/usr/lib/gconv/gconv-modules.cache");

    CHECK(modules_of(core).empty());
}

TEST_CASE("code mapped from a file whose headers the core does not hold is a module", "[memory]")
{
    CoreBuilder core;
    core.not_saved(place, 4096, {.writable = false})
        .not_saved(plus(place, 4096), 4096, {.writable = false, .executable = true})
        .mapped_file(place, 4096, 0, "/lib/x.so")
        .mapped_file(plus(place, 4096), 4096, 4096, "/lib/x.so");

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 1);
    CHECK_FALSE(modules[0].build_id);
    CHECK(modules[0].range.size() == 8192);
}

TEST_CASE("code that the process wrote to a file of its own memory is no damaged ELF file",
          "[memory]")
{
    CoreBuilder builder;
    builder.segment(place, Bytes(ElfBuilder::page), {.writable = false, .executable = true})
        .mapped_file(place, ElfBuilder::page, 0, "/memfd:libffi (deleted)");
    const CoreFile core = builder.open();
    std::vector<Gap> gaps;

    const auto modules = read_modules(core, AddressSpace(core), {}, gaps);

    REQUIRE(modules.size() == 1);
    CHECK(modules[0].path == "/memfd:libffi");
    CHECK(modules[0].deleted);
    CHECK(gaps.empty());
}

TEST_CASE("a module with a damaged ELF header keeps its name and its data, and is told", "[memory]")
{
    CoreBuilder builder;
    Bytes first = ElfBuilder().first_page();
    first[1] = std::byte{'D'};
    builder.segment(place, first, {.writable = false})
        .not_saved(plus(place, ElfBuilder::read_only), ElfBuilder::page,
                   {.writable = false, .executable = true})
        .segment(plus(place, ElfBuilder::writable), Bytes(ElfBuilder::page));
    for (std::uint64_t offset = 0; offset < ElfBuilder::size; offset += ElfBuilder::page) {
        builder.mapped_file(plus(place, offset), ElfBuilder::page, offset, "/lib/x.so");
    }
    const CoreFile core = builder.open();
    std::vector<Gap> gaps;

    const auto modules = read_modules(core, AddressSpace(core), {}, gaps);

    REQUIRE(modules.size() == 1);
    CHECK(modules[0].path == "/lib/x.so");
    CHECK_FALSE(modules[0].build_id);
    REQUIRE(modules[0].writable_ranges.size() == 1);
    CHECK(modules[0].writable_ranges[0].low() == plus(place, ElfBuilder::writable));
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].code == "module-header-damaged");
}

TEST_CASE("a deleted file is one, and its path has no mark", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder(), "/lib/x.so (deleted)");

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 1);
    CHECK(modules[0].path == "/lib/x.so");
    CHECK(modules[0].deleted);
}

TEST_CASE("the executable is the module with the program headers of AT_PHDR", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder(), "/lib/x.so");
    map_library(core, other_place, ElfBuilder(), "/usr/bin/python3");
    core.auxiliary(AT_PHDR, other_place.value + 64);

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 2);
    CHECK_FALSE(modules[0].executable);
    CHECK(modules[1].executable);
}

TEST_CASE("the vdso has a name although no file", "[memory]")
{
    CoreBuilder core;
    map_library(core, place, ElfBuilder(), "/lib/x.so");
    core.segment(other_place, ElfBuilder().bytes(), {.writable = false})
        .auxiliary(AT_SYSINFO_EHDR, other_place.value);

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 2);
    CHECK(modules[1].path == "[vdso]");
}

TEST_CASE("without NT_FILE modules are found by their headers", "[memory]")
{
    CoreBuilder core;
    core.segment(place, ElfBuilder().build_id("\x01").first_page(), {.writable = false})
        .segment(other_place, "no header");

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 1);
    CHECK(modules[0].path.empty());
    CHECK(modules[0].build_id == "01");
    CHECK(modules[0].range.size() == ElfBuilder::size);
}

TEST_CASE("modules that a damaged NT_FILE does not list are found by their headers", "[memory]")
{
    // Says two files, and has the path of one.
    Bytes note;
    for (const std::uint64_t number :
         {std::uint64_t{2}, std::uint64_t{4096}, place.value, place.value + 4096, std::uint64_t{0},
          other_place.value, other_place.value + 4096, std::uint64_t{0}}) {
        append(note, number);
    }
    for (const char letter : std::string_view("/lib/x.so\0", 10)) {
        append(note, letter);
    }
    CoreBuilder core;
    core.segment(place, ElfBuilder().first_page(), {.writable = false})
        .segment(other_place, ElfBuilder().first_page(), {.writable = false})
        .note("CORE", NT_FILE, note);

    const auto modules = modules_of(core);

    REQUIRE(modules.size() == 2);
    CHECK(modules[0].path == "/lib/x.so");
    CHECK(modules[1].path.empty());
}

TEST_CASE("headers that make a module absurdly large make none", "[memory]")
{
    Bytes page = ElfBuilder().first_page();
    // The virtual address of the second PT_LOAD.
    page[sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr) + 23] = std::byte{0xff};
    CoreBuilder core;
    core.segment(place, page, {.writable = false}).mapped_file(place, 4096, 0, "/lib/x.so");

    CHECK(modules_of(core).empty());
}

TEST_CASE("no more modules are kept than the limit allows", "[memory]")
{
    CoreBuilder builder;
    map_library(builder, place, ElfBuilder(), "/lib/a.so");
    map_library(builder, other_place, ElfBuilder(), "/lib/b.so");
    const CoreFile core = builder.open();
    std::vector<Gap> gaps;

    const auto modules = read_modules(core, AddressSpace(core), Limits{.max_modules = 1}, gaps);

    CHECK(modules.size() == 1);
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].code == "modules-cut");
}

}  // namespace
}  // namespace pycore::test
