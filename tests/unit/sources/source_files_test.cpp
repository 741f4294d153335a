#include "sources/source_files.hpp"

#include <sys/stat.h>

#include <fstream>

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

using std::filesystem::path;

/// What a name leads to: where, and the first line there.
std::pair<std::string, std::string> found(const FileSearch& search,
                                          const std::string& name,
                                          std::uint64_t most = 1 << 20)
{
    Deadline deadline(std::chrono::minutes(1));
    SourceFiles files(search, most, deadline);
    for (std::size_t place = 0; place < files.places(); ++place) {
        if (const auto file = files.open(name, place)) {
            return {file->path, file->text->line(1).value_or("")};
        }
    }
    return {};
}

std::string text_of(const FileSearch& search, const std::string& name)
{
    return found(search, name).second;
}

TEST_CASE("a source file is found where it was", "[sources]")
{
    const TemporaryFolder folder;
    const path file = folder.write("srv/app.py", std::string_view("here\n"));
    CHECK(found({}, file.string()) == std::pair(file.string(), std::string("here")));
    CHECK(text_of({.sysroot = folder.path()}, "/srv/app.py") == "here");
    CHECK(text_of({.recorded_paths = false}, file.string()).empty());
    CHECK(text_of({.sources = false}, file.string()).empty());
}

TEST_CASE("a folder for sources is searched first, for the longest end of the name", "[sources]")
{
    const TemporaryFolder folder;
    const path recorded = folder.write("old/pkg/mod.py", std::string_view("recorded\n"));
    folder.write("new/pkg/mod.py", std::string_view("of the package\n"));
    folder.write("new/mod.py", std::string_view("alone\n"));
    const FileSearch search{.source_paths = {folder.path() / "none", folder.path() / "new"}};
    CHECK(text_of(search, recorded.string()) == "of the package");
    CHECK(text_of(search, "/elsewhere/mod.py") == "alone");
    CHECK(text_of(search, "pkg/mod.py") == "of the package");
    CHECK(text_of(search, "//srv//pkg//mod.py") == "of the package");
    CHECK(text_of(search, "/srv/pkg/other.py").empty());
    folder.write("new" + recorded.string(), std::string_view("in full\n"));
    CHECK(text_of(search, recorded.string()) == "in full");
}

TEST_CASE("what is no source file is not read", "[sources]")
{
    const TemporaryFolder folder;
    const path secret = folder.write("shadow", std::string_view("root:x\n"));
    CHECK(text_of({}, secret.string()).empty());
    const path script = folder.write("tool", std::string_view("#!/usr/bin/env python3\nx\n"));
    CHECK(text_of({}, script.string()) == "#!/usr/bin/env python3");
    const path fifo = folder.path() / "fifo.py";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(text_of({}, fifo.string()).empty());
    std::filesystem::create_symlink("/dev/zero", folder.path() / "device.py");
    CHECK(text_of({}, (folder.path() / "device.py").string()).empty());
    std::filesystem::create_directory(folder.path() / "folder.py");
    CHECK(text_of({}, (folder.path() / "folder.py").string()).empty());
    CHECK(text_of({}, "/proc/self/environ").empty());
}

TEST_CASE("names that are no paths are not looked for", "[sources]")
{
    const TemporaryFolder folder;
    folder.write("app.py", std::string_view("here\n"));
    folder.write("<string>", std::string_view("#!python\n"));
    const FileSearch search{.source_paths = {folder.path()}};
    CHECK(text_of(search, "app.py") == "here");
    CHECK(text_of(search, "<string>").empty());
    CHECK(text_of(search, std::string("app.py\0", 7)).empty());
    CHECK(text_of(search, std::string("app.py\0.py", 10)).empty());
    CHECK(text_of(search, "app.py/").empty());
    CHECK(text_of(search, "/").empty());
    CHECK(text_of(search, "").empty());
    CHECK(text_of(search, std::string(5000, '/') + "app.py").empty());
    CHECK(text_of(search, "app.zip/app.py") == "here");
}

TEST_CASE("no name and no link leads out of the sysroot, or of a folder for sources", "[sources]")
{
    const TemporaryFolder folder;
    const path outside = folder.write("outside.py", std::string_view("outside\n"));
    const path root = folder.path() / "root";
    std::filesystem::create_directories(root);
    std::filesystem::create_symlink(outside, root / "absolute.py");
    std::filesystem::create_symlink("../outside.py", root / "relative.py");
    for (const FileSearch& search : {FileSearch{.sysroot = root},
                                     FileSearch{.recorded_paths = false, .source_paths = {root}}}) {
        CHECK(text_of(search, "/absolute.py").empty());
        CHECK(text_of(search, "/relative.py").empty());
        CHECK(text_of(search, "/../outside.py").empty());
        CHECK(text_of(search, outside.string()).empty());
    }
}

TEST_CASE("files that are too large, or too many, are left out and that is told", "[sources]")
{
    const TemporaryFolder folder;
    const path small = folder.write("small.py", std::string_view("small\n"));
    const path huge = folder.write("huge.py", std::string_view("huge\n"));
    std::filesystem::resize_file(huge, std::uint64_t{1} << 40);
    Deadline deadline(std::chrono::minutes(1));
    const FileSearch search;
    SourceFiles files(search, 10, deadline);
    CHECK(files.open(small.string(), 0));
    CHECK_FALSE(files.cut());
    CHECK_FALSE(files.open(small.string(), 0));
    CHECK(files.cut());
    SourceFiles large(search, UINT64_MAX, deadline);
    CHECK_FALSE(large.open(huge.string(), 0));
    CHECK(large.cut());
}

}  // namespace
}  // namespace pycore::test
