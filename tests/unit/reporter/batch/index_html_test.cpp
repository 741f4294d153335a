#include "batch/index_html.hpp"

#include "batch/batch_progress.hpp"
#include "html/escape.hpp"
#include "support/catch.hpp"
#include "unit/reporter/batch/batch_entries.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a link to a file is a path of its own folder, whatever the name", "[batch]")
{
    CHECK(link_to("core.1.pycore.json") == "./core.1.pycore.json");
    CHECK(link_to("javascript:x") == "./javascript%3Ax");
    CHECK(link_to("a\\x2f\"'<>&? #%") == "./a%5Cx2f%22%27%3C%3E%26%3F%20%23%25");
    CHECK(link_to("\xc3\xbc") == "./%C3%BC");
}

TEST_CASE("every value of the index page is text", "[batch]")
{
    const std::string evil = "</td></style><script>alert(1)</script>\"'`&\x1b[31m";
    BatchEntry entry = entry_at("/a/core.1", 5);
    entry.name = evil;
    entry.origin.hostname = evil;
    entry.status = evil;
    entry.summary = evil;
    entry.python_version = evil;
    entry.command = evil;
    entry.limits = {evil};
    entry.signature = EntrySignature{.id = evil, .coarse_id = evil, .text = evil};
    entry.reports = {evil + ".pycore." + evil};
    BatchEntry failed = entry;
    failed.path = evil;
    add_error(failed, evil, 3);
    const std::string page = index_page({entry, failed});
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("alert(1)</") == std::string::npos);
    CHECK_THAT(page, contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&#96;&amp;"));
}

TEST_CASE("an index page of 10,000 cores stays small and says what it leaves out", "[batch]")
{
    std::vector<BatchEntry> entries;
    for (int number = 0; number < 10'000; ++number) {
        entries.push_back(entry_at("/some/folder/core." + std::to_string(number), 20'000 - number));
        entries.back().summary = "crash " + std::to_string(number % 5000) + std::string(900, '&');
    }
    std::string page = index_page(entries);
    CHECK(page.size() < 5'000'000);
    CHECK_THAT(page, contains("crashes are not on this page"));
    for (BatchEntry& entry : entries) {
        entry.summary = "one crash";
    }
    page = index_page(entries);
    CHECK(page.size() < 200'000);
    CHECK_THAT(page, contains("9950 older reports are not on this page"));
    for (BatchEntry& entry : entries) {
        add_error(entry, std::string(1000, '<'), 3);
    }
    CHECK(index_page(entries).size() < 5'000'000);
}

TEST_CASE("an index page without any core is still a page", "[batch]")
{
    const std::string page = index_page({});
    CHECK_THAT(page, contains("There are no reports yet"));
    CHECK_THAT(page, contains("0 cores"));
}

TEST_CASE("the progress bar fits its line", "[batch]")
{
    CHECK(progress_bar(5, 20, 0, "1:05", 32) == "[##......] 5/20 cores, 1:05 left");
    CHECK(progress_bar(200, 200, 3, "", 38) == "[############] 200/200 cores, 3 failed");
    for (std::size_t width = 1; width < 120; ++width) {
        CHECK(progress_bar(7, 13, 2, "10:00:00", width).size() <= width);
        CHECK(progress_bar(0, 0, 0, "", width).size() <= width);
    }
}

}  // namespace
}  // namespace pycore::test
