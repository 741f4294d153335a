#include "batch/entry_json.hpp"
#include "batch/groups.hpp"
#include "batch/index.hpp"
#include "batch/timestamp.hpp"
#include "support/catch.hpp"
#include "unit/reporter/batch/batch_entries.hpp"

namespace pycore::test {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

TEST_CASE("a time is written and read to its last digit", "[batch]")
{
    CHECK(utc_microseconds(1'700'000'000'123'456) == "2023-11-14T22:13:20.123456Z");
    CHECK(utc_nanoseconds(951'782'400'000'000'001) == "2000-02-29T00:00:00.000000001Z");
    CHECK(parse_utc_nanoseconds("2000-02-29T00:00:00.000000001Z") == 951'782'400'000'000'001);
    CHECK(parse_utc_microseconds("2023-11-14T22:13:20.123456Z") == 1'700'000'000'123'456);
    CHECK(utc_microseconds(-5) == "1970-01-01T00:00:00.000000Z");
    CHECK(utc_microseconds(INT64_MAX) == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("a text that is not quite a time is none", "[batch]")
{
    for (const char* text : {"", "2023-11-14T22:13:20.123456", "2023-11-14 22:13:20.123456Z",
                             "2023-02-29T22:13:20.123456Z", "2023-11-14T24:13:20.123456Z",
                             "2023-11-14T22:13:20.12345xZ", "-023-11-14T22:13:20.123456Z",
                             "2023-11-14T22:13:20.-23456Z"}) {
        INFO(text);
        CHECK_FALSE(parse_utc_microseconds(text));
    }
    CHECK_FALSE(parse_utc_nanoseconds("9999-11-14T22:13:20.123456789Z"));
}

TEST_CASE("an entry is read as it was written", "[batch]")
{
    BatchEntry entry = entry_at("/a/core.1", 5);
    entry.signature = EntrySignature{.id = "ab", .coarse_id = "cd", .text = "SIGSEGV | f"};
    const std::string line = to_json_line(entry);
    CHECK(line.find('\n') == line.size() - 1);
    const auto read = parse_json_line(line);
    REQUIRE(read);
    CHECK(to_json_line(*read) == line);
    CHECK(read->modified == entry.modified);
    CHECK(read->origin.time == 5);
    CHECK(read->signature->text == "SIGSEGV | f");
}

TEST_CASE("a line that could not have been written is not believed", "[batch]")
{
    const std::string line = to_json_line(entry_at("/a/core.1", 5));
    CHECK(parse_json_line(line));
    for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
             {"core.1.pycore.json", "../../etc/passwd"},
             {"core.1.pycore.json", "/x.pycore.json"},
             {"\"size\":7", "\"size\":-7"},
             {"\"size\":7", "\"size\":\"7\""},
             {"\"ok\"", "\"fine\""},
             {"called NULL", "called\\u001b[31m"},
             {"called NULL", "called\\u202e"},
             {"[\"core.1.pycore.json\"]", "[]"},
             {"\"file-name\"", "\"oracle\""},
             {"\"pid\":77", "\"pid\":77777777777"},
             {"\"name\"", "\"nam\""},
             {"}", ""}}) {
        INFO(to);
        CHECK_FALSE(parse_json_line(replaced(line, from, to)));
    }
    CHECK_FALSE(parse_json_line(std::string(100'000, '[')));
    CHECK_FALSE(parse_json_line("[]"));
    CHECK_FALSE(parse_json_line(""));
}

TEST_CASE("damaged lines cost their own cores only", "[batch]")
{
    const std::string good = to_json_line(entry_at("/a/core.1", 5));
    const std::string other = to_json_line(entry_at("/a/core.0", 5));
    const BatchIndex index = parse_index(good + "{\"core\"\n" + other + good + good.substr(0, 40));
    REQUIRE(index.entries.size() == 2);
    CHECK(index.damaged == 3);
    CHECK(find_entry(index, "/a/core.0") == &index.entries[0]);
    CHECK(find_entry(index, "/a/core.2") == nullptr);
}

TEST_CASE("the newest crash comes first", "[batch]")
{
    std::vector<BatchEntry> entries{entry_at("/b", 5), entry_at("/c", 9), entry_at("/a", 5)};
    sort_entries(entries);
    CHECK(entries[0].path == "/c");
    CHECK(entries[1].path == "/a");
    CHECK(entries[2].path == "/b");
}

TEST_CASE("crashes of one signature are a group, whatever their words", "[batch]")
{
    std::vector<BatchEntry> entries{entry_at("/1", 9), entry_at("/2", 7), entry_at("/3", 5),
                                    entry_at("/4", 3)};
    entries[0].signature = EntrySignature{.id = "aa", .coarse_id = "a", .text = "one"};
    entries[1].signature = EntrySignature{.id = "bb", .coarse_id = "a", .text = "two"};
    entries[2].signature = entries[0].signature;
    entries[2].summary = "said differently";
    entries[2].python_version = "3.11.2";
    entries[2].origin.hostname = "web-0";
    const auto groups = group_crashes(entries);
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].title == "one");
    CHECK(groups[0].entries.size() == 2);
    CHECK(groups[0].first == 5);
    CHECK(groups[0].last == 9);
    CHECK(groups[0].python_versions == std::vector<std::string>{"3.11.2", "3.13.5"});
    CHECK(groups[0].hosts == std::vector<std::string>{"web-0", "web-1"});
    CHECK(groups[1].title == "two");
    CHECK(groups[2].title == "called NULL");
}

TEST_CASE("without signatures crashes are grouped by what happened", "[batch]")
{
    std::vector<BatchEntry> entries{entry_at("/1", 9), entry_at("/2", 7), entry_at("/3", 5),
                                    entry_at("/4", 3)};
    entries[2].summary = "something else";
    add_error(entries[3], "is empty", 3);
    const auto groups = group_crashes(entries);
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].entries.size() == 2);
    CHECK(groups[1].entries.size() == 1);
}

}  // namespace
}  // namespace pycore::test
