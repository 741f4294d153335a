#include "threads/describe_modules.hpp"

#include "memory/attach_files.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};
const std::string path = "/site-packages/numpy/codec.cpython-311-x86_64-linux-gnu.so";

/// A process with one extension module, and a sysroot where it is installed.
struct Fixture {
    Fixture()
    {
        const ElfBuilder library =
            ElfBuilder().build_id("\xaa\x01\x02").symbol("PyInit_codec", 0x1000, 8);
        core = CoreBuilder()
                   .segment(place, library.first_page(), {.writable = false})
                   .mapped_file(place, ElfBuilder::page, 0, path)
                   .open();
        memory.emplace(*core);
        search.sysroot = root.path();
        root.write(path.substr(1), library.bytes());
        root.write("modules/codec.cpython-311-x86_64-linux-gnu.so", library.bytes());
        root.write("site-packages/numpy-1.24.2.dist-info/RECORD", "");
    }

    ModuleDescription describe(std::chrono::milliseconds time = std::chrono::seconds(60))
    {
        std::vector<Gap> gaps;
        auto modules = read_modules(*core, *memory, {}, gaps);
        attach_file(modules.at(0), *memory, search, gaps);
        Deadline deadline(time);
        return describe_modules(modules, *memory, search, deadline).at(0);
    }

    TemporaryFolder root;
    std::optional<CoreFile> core;
    std::optional<AddressSpace> memory;
    FileSearch search;
};

TEST_CASE("a module is told with its package as it is installed", "[threads]")
{
    Fixture process;

    const ModuleDescription module = process.describe();

    CHECK(module.path == path);
    CHECK(module.build_id == "aa0102");
    CHECK(module.found == (process.root.path() / path.substr(1)).string());
    CHECK(module.python_extension);
    CHECK_FALSE(module.executable);
    CHECK(module.package == "numpy 1.24.2");
}

TEST_CASE("no folder is listed where recorded paths are left alone", "[threads]")
{
    Fixture process;
    process.search.recorded_paths = false;

    CHECK(process.describe().package == "numpy");
}

TEST_CASE("what is installed here tells nothing of a process with other files", "[threads]")
{
    Fixture process;
    process.search.module_paths = {process.root.path() / "modules"};
    CHECK(process.describe().found.value().find("modules/codec") != std::string::npos);
    CHECK(process.describe().package == "numpy");

    process.search.module_paths.clear();
    process.root.write(path.substr(1), ElfBuilder().build_id("\xbb").bytes());
    CHECK_FALSE(process.describe().found);
    CHECK(process.describe().package == "numpy");
}

TEST_CASE("when the time is over, modules are told by what needs no reading", "[threads]")
{
    Fixture process;

    const ModuleDescription module = process.describe(std::chrono::milliseconds(0));

    CHECK(module.path == path);
    CHECK_FALSE(module.package);
}

}  // namespace
}  // namespace pycore::test
