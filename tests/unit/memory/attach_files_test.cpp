#include "memory/attach_files.hpp"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>

#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};
constexpr Address data{place.value + ElfBuilder::read_only};

/// A process with one library, and a folder that plays its file system.
struct Fixture {
    explicit Fixture(const ElfBuilder& library = mapped(),
                     const std::string& path = "/lib/x.so.1.2")
    {
        CoreBuilder builder;
        builder.segment(place, library.first_page(), {.writable = false})
            .not_saved(data, ElfBuilder::page, {.writable = false, .executable = true})
            .mapped_file(place, ElfBuilder::page, 0, path)
            .mapped_file(data, ElfBuilder::page, ElfBuilder::page, path)
            .auxiliary(AT_PHDR, place.value + 64);
        core = builder.open();
        memory.emplace(*core);
        std::vector<Gap> ignored;
        module = read_modules(*core, *memory, {}, ignored).at(0);
        search.sysroot = folder.path();
    }

    static ElfBuilder mapped() { return ElfBuilder().build_id("\xaa\x01\x02").data("rodata"); }

    bool attach() { return attach_file(module, *memory, search, gaps); }

    std::string text() const { return memory->read_c_string(data, 20, "text").value_or("unread"); }

    TemporaryFolder folder;
    std::optional<CoreFile> core;
    std::optional<AddressSpace> memory;
    Module module;
    FileSearch search;
    std::vector<Gap> gaps;
};

TEST_CASE("the file at the recorded path fills what the core does not hold", "[memory]")
{
    Fixture process;
    process.folder.write("lib/x.so.1.2", Fixture::mapped().bytes());

    CHECK(process.text() == "unread");
    CHECK(process.attach());
    CHECK(process.text() == "rodata");
    CHECK(process.module.found == (process.folder.path() / "lib/x.so.1.2").string());
    CHECK(process.gaps.empty());
}

TEST_CASE("a file with another build id is not used, and both ids are named", "[memory]")
{
    Fixture process;
    process.folder.write("lib/x.so.1.2",
                         ElfBuilder().build_id("\xbb\x01").data("stranger").bytes());

    CHECK_FALSE(process.attach());
    CHECK(process.text() == "unread");
    REQUIRE(process.gaps.size() == 1);
    CHECK(process.gaps[0].code == "module-build-id-mismatch");
    CHECK_THAT(process.gaps[0].message, contains("aa0102"));
    CHECK_THAT(process.gaps[0].message, contains("bb01"));
}

TEST_CASE("only the opener opens files where there is one", "[memory]")
{
    Fixture process;
    const std::string library = process.folder.write("lib/x.so.1.2", Fixture::mapped().bytes());
    process.search.module_paths = {process.folder.path() / "named"};
    process.folder.write("named/x.so.1.2", Fixture::mapped().bytes());
    std::vector<std::string> asked;
    process.search.open = [&](const std::string& path) {
        asked.push_back(path);
        return path == library ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -EACCES;
    };

    CHECK(process.attach());

    CHECK(process.text() == "rodata");
    CHECK(process.module.found == library);
    CHECK(asked.size() >= 2);
    CHECK(asked.back() == library);
    CHECK(process.gaps.empty());
}

TEST_CASE("a file that is not there is no warning", "[memory]")
{
    Fixture process;

    CHECK_FALSE(process.attach());
    CHECK(process.gaps.empty());
}

TEST_CASE("recorded paths are left alone when they are not wanted", "[memory]")
{
    Fixture process;
    process.folder.write("lib/x.so.1.2", Fixture::mapped().bytes());
    process.search.recorded_paths = false;

    CHECK_FALSE(process.attach());
}

TEST_CASE("a module path is searched by name, version by version, and by build id", "[memory]")
{
    const std::string name =
        GENERATE("x.so.1.2", "x.so.1", "x.so", "aa0102.debug", "aa0102", ".build-id/aa/0102.debug");
    Fixture process;
    process.search.recorded_paths = false;
    process.search.module_paths = {process.folder.path() / "nowhere",
                                   process.folder.path() / "modules"};
    process.folder.write("modules/" + name, Fixture::mapped().bytes());

    CHECK(process.attach());
    CHECK(process.module.found == (process.folder.path() / "modules" / name).string());
    CHECK(process.text() == "rodata");
}

TEST_CASE("a wrong file in a module path does not hide the right one elsewhere", "[memory]")
{
    Fixture process;
    process.search.module_paths = {process.folder.path() / "modules"};
    process.folder.write("modules/x.so.1.2", ElfBuilder().build_id("\xbb").bytes());
    process.folder.write("lib/x.so.1.2", Fixture::mapped().bytes());

    CHECK(process.attach());
    CHECK(process.gaps.empty());
}

TEST_CASE("the file named as the executable is tried first, and a wrong one is told", "[memory]")
{
    Fixture process;
    process.search.executable = process.folder.write("mine", ElfBuilder().build_id("\xcc").bytes());
    process.folder.write("lib/x.so.1.2", Fixture::mapped().bytes());

    CHECK(process.attach());
    REQUIRE(process.gaps.size() == 1);
    CHECK_THAT(process.gaps[0].message, contains("mine"));
    CHECK_THAT(process.gaps[0].message, contains("cc"));
}

TEST_CASE("an executable that cannot be used at all is told", "[memory]")
{
    Fixture process;
    process.search.executable = process.folder.write("mine", "#!/bin/sh");

    CHECK_FALSE(process.attach());
    REQUIRE(process.gaps.size() == 1);
    CHECK(process.gaps[0].code == "module-file-unusable");
}

TEST_CASE("a file of debug information gives symbols, not bytes", "[memory]")
{
    Fixture process;
    process.folder.write("lib/x.so.1.2", Fixture::mapped().symbol("x", 1, 1).debug_file().bytes());

    CHECK(process.attach());
    CHECK(process.module.elf->find_symbol("x"));
    CHECK(process.text() == "unread");
}

TEST_CASE("without a build id only the same program headers make a file fit", "[memory]")
{
    Fixture same(ElfBuilder().data("rodata"));
    same.folder.write("lib/x.so.1.2", ElfBuilder().data("rodata").bytes());
    Fixture other(ElfBuilder().data("rodata"));
    other.folder.write("lib/x.so.1.2", ElfBuilder().build_id("\x01").data("rodata").bytes());

    CHECK(same.attach());
    CHECK(same.text() == "rodata");
    CHECK_FALSE(other.attach());
    CHECK(other.gaps.size() == 1);
}

TEST_CASE("a name from the core does not lead out of a module path", "[memory]")
{
    Fixture process(Fixture::mapped(), "/lib/..");
    process.search.recorded_paths = false;
    process.search.module_paths = {process.folder.path() / "modules"};

    CHECK_FALSE(process.attach());
    CHECK(process.gaps.empty());
}

TEST_CASE("many mismatches are summed up", "[memory]")
{
    Fixture process;
    process.folder.write("lib/x.so.1.2", ElfBuilder().build_id("\xbb").bytes());
    std::vector<Module> modules(20, process.module);

    Deadline deadline(Limits{}.max_time);
    attach_files(modules, *process.memory, process.search, deadline, process.gaps);

    REQUIRE(process.gaps.size() == 9);
    CHECK_THAT(process.gaps.back().message, contains("12 more files"));
}

}  // namespace
}  // namespace pycore::test
