#include <algorithm>
#include <sstream>

#include "format.hpp"
#include "html/escape.hpp"
#include "html/page.hpp"
#include "pycore/text.hpp"
#include "support/catch.hpp"
#include "support/crowd_report.hpp"
#include "support/hostile_report.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::crowd_report;
using test::frame;
using test::hostile_report;

std::string page_of(const Report& report, const Presentation& how = {})
{
    std::ostringstream out;
    find_format("html")->write(report, out, how);
    return out.str();
}

/// All that a browser takes for markup: what is between < and >. A long headline is set smaller.
std::string markup_of(std::string page)
{
    constexpr std::string_view smaller = " class=\"long\"";
    if (const auto at = page.find(smaller); at != std::string::npos) {
        page.erase(at, smaller.size());
    }
    std::string markup;
    for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at)) {
        const auto end = page.find('>', at);
        markup += page.substr(at, end - at) + ">\n";
        at = end;
    }
    return markup;
}

std::size_t count_of(const std::string& page, const std::string& part)
{
    std::size_t count = 0;
    for (auto at = page.find(part); at != std::string::npos; at = page.find(part, at + 1)) {
        ++count;
    }
    return count;
}

TEST_CASE("text is escaped for a page", "[html]")
{
    CHECK(html_text("plain") == "plain");
    CHECK(html_text("<a href=\"x\">'`&`'</a>") ==
          "&lt;a href=&quot;x&quot;&gt;&#39;&#96;&amp;&#96;&#39;&lt;/a&gt;");
    CHECK(html_text("\x1b[2J\n\xE2\x80\xAE\xED\xA0\x80\xFF") ==
          "\\x1b[2J\\n\\u202e\\xed\\xa0\\x80\\xff");
    CHECK(html_text("&amp;") == "&amp;amp;");
}

TEST_CASE("a long text is cut at a character, and says how long it was", "[html]")
{
    std::ostringstream out;
    html::Page page(out);
    page.text("\xC3\xA4\xC3\xB6\xC3\xBC", 3).markup("|").text("\xC3\xA4\xC3\xB6\xC3\xBC", 2);
    page.markup("|").text("\n\n", 3);
    CHECK(out.str() ==
          "\xC3\xA4\xC3\xB6\xC3\xBC|\xC3\xA4\xC3\xB6<i class=\"note\">… [6 bytes in "
          "all]</i>|\\n\\<i class=\"note\">… [2 bytes in all]</i>");
    CHECK(page.written() == out.str().size());
}

TEST_CASE("bytes that are no characters are cut too", "[html]")
{
    std::ostringstream out;
    html::Page page(out);
    page.text(std::string(1 << 20, '\x80'), 100);
    CHECK(out.str().size() < 200);
}

TEST_CASE("no text of a core becomes markup of the page", "[html]")
{
    const Report harmless = hostile_report("harmless");
    const std::string expected = markup_of(page_of(harmless));
    REQUIRE(count_of(expected, "<li class=\"py\">") >= 3);
    for (const std::string& hostile : test::hostile_texts()) {
        INFO(to_printable(hostile));
        const std::string page = page_of(hostile_report(hostile));
        CHECK(markup_of(page) == expected);
        // As often as the harmless one, and nowhere as it came.
        CHECK(count_of(page, html_text(hostile)) >= 60);
        CHECK(is_printable(page.substr(0, page.find('\n'))));
    }
}

TEST_CASE("no byte of a core reaches the page as a control character", "[html]")
{
    const std::string markup = markup_of(page_of(hostile_report("axb")));
    for (int byte = 0; byte < 256; ++byte) {
        std::string page =
            page_of(hostile_report(std::string("a") + static_cast<char>(byte) + "b"));
        CHECK(markup_of(page) == markup);
        std::erase(page, '\n');
        CHECK(is_printable(page));
    }
}

TEST_CASE("a megabyte in any place is cut", "[html]")
{
    const std::string megabyte(1 << 20, '"');
    Report report = crowd_report(2, 2, "x");
    for (Thread& thread : report.snapshot.threads) {
        thread.python_name = megabyte;
        PythonFrame made = frame(test::code(megabyte, megabyte), 1);
        made.source = std::make_shared<const SourceLine>(SourceLine{.text = megabyte});
        thread.stack.emplace_back(test::with_local(std::move(made), megabyte, megabyte));
        thread.exception.emplace().message = megabyte;
    }
    report.diagnosis->summary = megabyte;
    report.snapshot.process.executable = megabyte;
    report.snapshot.modules = {{.path = megabyte, .build_id = megabyte, .range = {}}};
    report.hints = {{.title = megabyte, .detail = megabyte, .evidence = {megabyte}}};
    const std::string page = page_of(report);
    CHECK(page.size() < 500'000);
    CHECK(count_of(page, "[1048576 bytes in all]") >= 15);
}

TEST_CASE("a page stays small, and says what it left out", "[html]")
{
    const auto page = [](std::size_t threads, std::size_t frames, std::size_t bytes) {
        std::string text = page_of(crowd_report(threads, frames, std::string(bytes, '"')));
        CHECK(text.size() < html::most_page_bytes);
        CHECK_THAT(text, test::contains("</main>"));
        return text;
    };
    SECTION("500 threads of 100 frames")
    {
        const std::string text = page(500, 100, 60);
        CHECK(count_of(text, "<details class=\"thread\"") == 499);
        CHECK_THAT(text, test::contains("more lines of this stack left out of this page"));
    }
    SECTION("long values too")
    {
        CHECK_THAT(page(100, 20, 3'000), test::contains("more lines of this stack left out"));
    }
    SECTION("one thread of 50,000 frames")
    {
        const std::string text = page(1, 50'000, 20);
        CHECK_THAT(text, test::contains("[48400 more lines of this stack left out of this page"));
        CHECK_THAT(text, test::contains(">step_0_0<"));
        CHECK_THAT(text, test::contains(">step_0_1199<"));
        CHECK_THAT(text, test::contains(">step_0_49999<"));
        CHECK(count_of(text, ">step_0_1200<") == 0);
    }
    SECTION("6,000 threads")
    {
        CHECK_THAT(page(6'000, 2, 20), test::contains("more stacks left out of this page"));
    }
}

TEST_CASE("a process that lives has no crash on its page", "[html]")
{
    test::SnapshotBuilder builder;
    builder.thread(5, "MainThread", {frame(test::code("app.py", "main"), 3)});
    const std::string page = page_of(builder.report());
    CHECK_THAT(page, test::contains("<h1>Python process 4711 (python3), alive when the core was "
                                    "taken (no signal)</h1>"));
    CHECK(count_of(page, "id=\"crashed\"") == 0);
    CHECK_THAT(page, test::contains("<details class=\"thread\" open><summary><h3>Thread 5 "
                                    "&quot;MainThread&quot;"));
}

TEST_CASE("a deadlock opens the page of a process that was ended from outside", "[html]")
{
    Report report = test::circle_report(2, 0);
    const std::string sentence = report.deadlocks.at(0).summary;
    CHECK_THAT(page_of(report), test::contains(">" + sentence + "</h1>"));
    report.diagnosis = Diagnosis{.kind = CrashKind::external_signal, .summary = "SIGABRT: sent"};
    CHECK_THAT(page_of(report), test::contains(">" + sentence +
                                               "</h1>\n<p class=\"second\"><b>How "
                                               "it ended:</b> SIGABRT: sent</p>"));
    report.diagnosis->kind = CrashKind::null_call;
    CHECK_THAT(page_of(report),
               test::contains("<h1>SIGABRT: sent</h1>\n<p class=\"second\"><b>And a "
                              "deadlock:</b> " +
                              sentence + "</p>"));
}

TEST_CASE("frames of the interpreter are folded, and shown in the fold", "[html]")
{
    test::SnapshotBuilder builder;
    builder.edit().modules = {{.path = "/usr/bin/python3.13", .range = {}, .interpreter = true}};
    builder.thread(5, "MainThread", {frame(test::code("app.py", "main"), 3)});
    auto& stack = builder.edit().threads[0].stack;
    stack.emplace_back(test::native_call("outer", 0));
    stack.emplace_back(test::native_call("outermost", 0));
    stack.insert(stack.begin(), test::native_call("inner", 0));
    std::string page = page_of(builder.report());
    const auto at = page.find("<ol class=\"stack\"");
    page = page.substr(at, page.find("</section>", at) - at);
    std::erase(page, '\n');
    CHECK_THAT(page,
               test::contains("<summary>1 interpreter frame</summary><ol class=\"stack\"><li "
                              "class=\"nat\"><span class=\"kind\">C</span><div><b>inner</b>"));
    CHECK(page.find("2 interpreter frames") < page.find("<b>outer</b>"));
    CHECK(page.find("<b>outer</b>") < page.find("<b>outermost</b>"));
    CHECK(count_of(page_of(builder.report(), {.all_frames = true}), "interpreter frame") == 0);
}

}  // namespace
}  // namespace pycore
