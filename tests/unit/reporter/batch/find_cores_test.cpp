#include "batch/find_cores.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "batch/plan.hpp"
#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/temporary_folder.hpp"
#include "unit/reporter/batch/batch_entries.hpp"

namespace pycore::test {
namespace {

Bytes any_core()
{
    return CoreBuilder().process({.pid = 7}).thread({.tid = 7}).bytes();
}

std::vector<std::string> names_of(const CoreSearch& search)
{
    std::vector<std::string> names;
    std::ranges::transform(search.cores, std::back_inserter(names), &FoundCore::name);
    return names;
}

CoreSearch search_in(const TemporaryFolder& folder)
{
    return find_cores({folder.path()}, std::nullopt);
}

TEST_CASE("cores are found by what is in them, in folders below too", "[batch]")
{
    const TemporaryFolder folder;
    folder.write("a/b/anything", any_core());
    folder.write("core.1", any_core());
    folder.write("packed.gz", "\x1f\x8b rest");
    folder.write("core.2", "text");
    folder.write("program", std::string("\x7f"
                                        "ELF\x02\x01\x01") +
                                std::string(9, '\0') + '\2' + '\0');
    const CoreSearch search = search_in(folder);
    CHECK(names_of(search) == std::vector<std::string>{"anything", "core.1", "packed.gz"});
    CHECK(search.left_out == 2);
    CHECK(search.cores[2].packed);
    CHECK_FALSE(search.cores[1].expected);
}

TEST_CASE("links, pipes and dot files are passed over", "[batch]")
{
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    const auto core = elsewhere.write("core.1", any_core());
    std::filesystem::create_symlink(core, folder.path() / "core.2");
    std::filesystem::create_directory_symlink(elsewhere.path(), folder.path() / "folder");
    folder.write(".core.3", any_core());
    folder.write(".hidden/core.4", any_core());
    REQUIRE(::mkfifo((folder.path() / "core.5").c_str(), 0600) == 0);
    CHECK(search_in(folder).cores.empty());
}

TEST_CASE("what systemd calls a core is expected to be one", "[batch]")
{
    const TemporaryFolder folder;
    folder.write("core.x.0.0123456789abcdef0123456789abcdef.5.1700000000000000", "");
    const CoreSearch search = search_in(folder);
    REQUIRE(search.cores.size() == 1);
    CHECK(search.cores[0].expected);
}

TEST_CASE("of an ABRT problem its core is taken, under the name of the problem", "[batch]")
{
    const TemporaryFolder folder;
    folder.write("ccpp-1/coredump", any_core());
    folder.write("ccpp-1/time", "1650000000\n");
    folder.write("ccpp-1/type", "CCpp");
    folder.write("ccpp-1/other.gz", "\x1f\x8b rest");
    folder.write("no-problem/coredump", any_core());
    const CoreSearch search = search_in(folder);
    CHECK(names_of(search) == std::vector<std::string>{"ccpp-1", "coredump"});
    CHECK(search.cores[0].abrt_folder == folder.path() / "ccpp-1");
    const CoreSearch named = find_cores({folder.path() / "ccpp-1/coredump"}, std::nullopt);
    CHECK(names_of(named) == std::vector<std::string>{"ccpp-1"});
}

TEST_CASE("a core that two inputs lead to is found once", "[batch]")
{
    const TemporaryFolder folder;
    const std::string core = folder.write("core.1", any_core());
    CHECK(
        find_cores({folder.path(), core, folder.path() / "./core.1"}, std::nullopt).cores.size() ==
        1);
}

TEST_CASE("an input that is not there, or no core, is told", "[batch]")
{
    const TemporaryFolder folder;
    const CoreSearch search =
        find_cores({folder.path() / "none", folder.write("a.txt", "text")}, std::nullopt);
    REQUIRE(search.missing.size() == 1);
    CHECK_THAT(search.missing[0], contains("No such file"));
    REQUIRE(search.refused.size() == 1);
    CHECK_THAT(search.refused[0], contains("a.txt is not a core dump"));
}

TEST_CASE("the folder of the reports is passed over below an input, not as one", "[batch]")
{
    const TemporaryFolder folder;
    folder.write("out/core.1", any_core());
    const auto out = identity_of(std::string(folder.path() / "out"));
    CHECK(find_cores({folder.path()}, out).cores.empty());
    CHECK(find_cores({folder.path() / "out"}, out).cores.size() == 1);
}

/// A folder with one core, and an index that knows it.
struct Known {
    TemporaryFolder cores;
    TemporaryFolder out;
    std::string core = cores.write("core.1", any_core());
    CoreSearch search = find_cores({core}, std::nullopt);
    BatchIndex index;
    BatchRequest request;

    Known()
    {
        BatchEntry entry = entry_at(search.cores.at(0).path, 5);
        entry.size = search.cores[0].size;
        entry.modified = search.cores[0].modified;
        entry.tool_version = library_version();
        out.write(entry.reports[0], "{}");
        index.entries = {entry};
        request.formats = {find_format("json")};
        request.options_key = entry.options_key;
    }

    BatchPlan plan() const
    {
        const auto folder = OutputFolder::open(out.path());
        return make_plan(search, index, std::get<OutputFolder>(folder), request);
    }
};

TEST_CASE("a core is read again when it, the options, the tool or its report changed", "[batch]")
{
    Known known;
    CHECK(known.plan().jobs.empty());
    CHECK(known.plan().kept.size() == 1);
    SECTION("size")
    {
        known.index.entries[0].size += 1;
    }
    SECTION("time")
    {
        known.index.entries[0].modified += 1;
    }
    SECTION("options")
    {
        known.request.options_key = "fedcba9876543210";
    }
    SECTION("tool")
    {
        known.index.entries[0].tool_version = "0.0.9";
    }
    SECTION("report")
    {
        std::filesystem::remove(known.out.path() / "core.1.pycore.json");
    }
    SECTION("force")
    {
        known.request.force = true;
    }
    const BatchPlan plan = known.plan();
    REQUIRE(plan.jobs.size() == 1);
    CHECK(plan.kept.empty());
    CHECK(plan.jobs[0].reports == std::vector<std::string>{"core.1.pycore.json"});
}

TEST_CASE("with --new-only a core that has a report is left alone", "[batch]")
{
    Known known;
    known.request.new_only = true;
    known.index.entries[0].modified += 1;
    CHECK(known.plan().jobs.empty());
    std::filesystem::remove(known.out.path() / "core.1.pycore.json");
    CHECK(known.plan().jobs.size() == 1);
}

TEST_CASE("a core that could not be read is looked at again", "[batch]")
{
    Known known;
    known.request.new_only = true;
    add_error(known.index.entries[0], "Permission denied", 3);
    CHECK(known.plan().jobs.size() == 1);
    add_error(known.index.entries[0], "took too long", 4);
    CHECK(known.plan().jobs.empty());
}

TEST_CASE("the entry of a core that is gone stays as long as its report", "[batch]")
{
    Known known;
    known.search.cores.clear();
    CHECK(known.plan().kept.size() == 1);
    std::filesystem::remove(known.out.path() / "core.1.pycore.json");
    CHECK(known.plan().kept.empty());
}

TEST_CASE("a folder that everybody may write to, or that is no folder, takes no reports", "[batch]")
{
    const TemporaryFolder folder;
    REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    CHECK(std::holds_alternative<std::string>(OutputFolder::open(folder.path())));
    REQUIRE(::chmod(folder.path().c_str(), 01777) == 0);
    CHECK(std::holds_alternative<OutputFolder>(OutputFolder::open(folder.path())));
    const std::string file = folder.write("file", "x");
    CHECK(std::holds_alternative<std::string>(OutputFolder::open(file)));
}

TEST_CASE("a folder is one batch's at a time, and leftovers of a killed one go", "[batch]")
{
    const TemporaryFolder folder;
    folder.write(std::string(temporary_prefix) + "1-0", "half");
    const auto first = OutputFolder::open(folder.path());
    REQUIRE(std::holds_alternative<OutputFolder>(first));
    CHECK_FALSE(std::filesystem::exists(folder.path() / (std::string(temporary_prefix) + "1-0")));
    const auto second = OutputFolder::open(folder.path());
    REQUIRE(std::holds_alternative<std::string>(second));
    CHECK_THAT(std::get<std::string>(second), contains("in use"));
}

TEST_CASE("a lock or a report that is a link is not followed", "[batch]")
{
    const TemporaryFolder folder;
    const std::string victim = folder.write("victim", "precious");
    std::filesystem::create_symlink(victim, folder.path() / "a.pycore.json");
    {
        const auto opened = OutputFolder::open(folder.path());
        const auto& out = std::get<OutputFolder>(opened);
        CHECK(out.write("a.pycore.json", "x").has_value());
        CHECK_FALSE(out.has("a.pycore.json"));
        CHECK(out.read("a.pycore.json", 100).empty());
        CHECK(out.read("victim", 100) == "precious");
        CHECK(out.read("victim", 7).empty());
    }
    std::filesystem::remove(folder.path() / ".pycore-report.lock");
    std::filesystem::create_symlink(victim, folder.path() / ".pycore-report.lock");
    CHECK(std::holds_alternative<std::string>(OutputFolder::open(folder.path())));
}

}  // namespace
}  // namespace pycore::test
