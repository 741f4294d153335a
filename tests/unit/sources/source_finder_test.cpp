#include "sources/source_finder.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

using Code = std::shared_ptr<const PythonCode>;

Code code_of(const std::filesystem::path& file, const std::string& name, std::int32_t first_line)
{
    PythonCode code;
    code.file = file.string();
    code.name = name;
    code.qualified_name = name;
    code.first_line = first_line;
    return std::make_shared<const PythonCode>(std::move(code));
}

SourcePosition on_line(std::int32_t line)
{
    return {.line = line, .end_line = line, .column = 0, .end_column = 0};
}

struct Finder {
    explicit Finder(FileSearch search_ = {}, const Limits& limits = {})
        : search(std::move(search_)), finder(search, limits, deadline)
    {
    }

    std::string find(const Code& code, std::int32_t line)
    {
        const auto found = finder.find(code, on_line(line));
        return found ? found->text : "";
    }

    FileSearch search;
    Deadline deadline{std::chrono::minutes(1)};
    SourceFinder finder;
};

constexpr std::string_view program =
    "import sys\n"
    "def f():\n"
    "    crash()\n"
    "def g():\n"
    "    f()\n"
    "g()\n";

TEST_CASE("frames get the lines of their file", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", program);
    Finder it;
    const Code f = code_of(file, "f", 2);
    CHECK(it.find(f, 3) == "    crash()");
    CHECK(it.find(code_of(file, "<module>", 1), 6) == "g()");
    CHECK(it.find(f, 7).empty());
    CHECK(it.find(f, 0).empty());
    CHECK(it.finder.find(f, SourcePosition{}) == nullptr);
    CHECK(it.finder.gaps().empty());
}

TEST_CASE("frames on one line share it", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", program);
    Finder it;
    const Code f = code_of(file, "f", 2);
    CHECK(it.finder.find(f, on_line(3)) == it.finder.find(f, on_line(3)));
    // The file is read once: what it becomes then does not matter.
    folder.write("app.py", std::string_view("\n"));
    CHECK(it.find(f, 2) == "def f():");
}

TEST_CASE("a file that changed gives what is still true, and is told once", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", program);
    Finder it;
    const Code f = code_of(file, "f", 2);
    const Code moved = code_of(file, "g", 3);
    const Code gone = code_of(file, "h", 5);
    const Code module = code_of(file, "<module>", 1);
    for (const Code& code : {module, f, moved, gone}) {
        it.finder.check(code);
    }
    CHECK(it.find(f, 3) == "    crash()");
    CHECK(it.find(moved, 4).empty());
    CHECK(it.find(gone, 5).empty());
    CHECK(it.find(module, 6).empty());
    REQUIRE(it.finder.gaps().size() == 1);
    const Gap& gap = it.finder.gaps().front();
    CHECK(gap.code == "source-differs");
    CHECK(gap.message == file.string() + " is not what the process ran: g is not on line 3");
    CHECK_FALSE(gap.data_lost);
}

TEST_CASE("a line without the columns that the frame is at is not its line", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", program);
    Finder it;
    const Code f = code_of(file, "f", 2);
    SourcePosition position = on_line(3);
    position.end_column = 11;
    CHECK(it.finder.find(f, position) != nullptr);
    position.end_column = 12;
    CHECK(it.finder.find(f, position) == nullptr);
}

TEST_CASE("a file that does not fit leaves the next place its turn", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("srv/app.py", program);
    folder.write("wrong/app.py", std::string_view("print()\n"));
    Finder it({.source_paths = {folder.path() / "wrong"}});
    CHECK(it.find(code_of(file, "f", 2), 3) == "    crash()");
    CHECK(it.finder.gaps().empty());
}

TEST_CASE("what many lines take is limited", "[sources]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", program);
    Limits limits;
    limits.max_source_bytes = program.size();
    Finder it({}, limits);
    for (int round = 0; round < 20; ++round) {
        it.find(code_of(file, "f", 2), 3);
    }
    CHECK(it.finder.cut());
    CHECK(it.find(code_of(file, "f", 2), 3).empty());
}

}  // namespace
}  // namespace pycore::test
