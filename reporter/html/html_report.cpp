#include "html/html_report.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include "html/style_sheet.hpp"
#include "view/facts.hpp"
#include "view/thread_state.hpp"

namespace pycore::html {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
)";

void write_head(Page& page, const View& view)
{
    constexpr std::size_t most_of_title = 120;
    const Opening opening = opening_of(view.report);
    page.markup(head).markup("<title>");
    page.title(opening.sentence.empty() ? headline(view.snapshot()) : std::string(opening.sentence),
               most_of_title);
    page.markup("</title>\n<style>\n").markup(style_sheet()).markup("</style>\n</head>\n");
}

void write_body(Page& page, const View& view)
{
    page.markup("<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
    write_header(page, view);
    page.markup("<div class=\"page\">\n");
    write_navigation(page, view);
    page.markup("<main id=\"main\">\n");
    write_deadlocks(page, view);
    write_crashed_thread(page, view);
    write_hints(page, view);
    write_threads(page, view);
    write_registers(page, view);
    write_modules(page, view);
    write_python_modules(page, view);
    write_remarks(page, view);
    write_process(page, view);
    page.markup("</main>\n</div>\n<footer>\n<p>Written by pycore-report ")
        .markup(library_version());
    page.markup(". This page holds no script and asks for nothing from outside.");
    page.markup("</p>\n</footer>\n</body>\n</html>\n");
}

std::vector<ThreadGroup> other_groups(const Report& report)
{
    std::vector<ThreadGroup> groups = group_threads(report);
    std::erase_if(groups, [&](const ThreadGroup& group) {
        return group.shown == crashed_thread(report.snapshot);
    });
    return groups;
}

}  // namespace

std::size_t crashed_thread(const Snapshot& snapshot)
{
    const auto crashed = std::ranges::find_if(snapshot.threads, &Thread::crashed);
    return crashed == snapshot.threads.end()
               ? SIZE_MAX
               : static_cast<std::size_t>(crashed - snapshot.threads.begin());
}

Opening opening_of(const Report& report)
{
    const std::string_view deadlock =
        report.deadlocks.empty() ? std::string_view{} : report.deadlocks.front().summary;
    if (!report.diagnosis) {
        return {.sentence = deadlock, .second = {}, .deadlock_first = !deadlock.empty()};
    }
    if (!deadlock.empty() && report.diagnosis->kind == CrashKind::external_signal) {
        return {.sentence = deadlock, .second = report.diagnosis->summary, .deadlock_first = true};
    }
    return {.sentence = report.diagnosis->summary, .second = deadlock};
}

void write_thread_link(Page& page, const Snapshot& snapshot, std::size_t thread)
{
    page.markup("<a href=\"#t").number(thread).markup("\">");
    page.text(thread_text(snapshot, thread), 80).markup("</a>");
}

void write_html(const Report& report, std::ostream& out, const Presentation& how)
{
    const StackFolder folder(report.snapshot);
    const std::vector<ThreadGroup> groups = other_groups(report);
    const View view{.report = report, .how = how, .folder = folder, .groups = groups};
    Page page(out);
    write_head(page, view);
    write_body(page, view);
}

}  // namespace pycore::html
