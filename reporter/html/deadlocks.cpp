#include <algorithm>
#include <string>

#include "html/html_report.hpp"
#include "html/wait_graph.hpp"
#include "view/deadlock_words.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t most_of_line = 1'500;
constexpr std::size_t most_links = 12;

void write_heading(Page& page, const Deadlock& deadlock, std::size_t number)
{
    page.markup("<h3>Circle ").number(number).markup(": ");
    page.markup(deadlock.edges.size() == 1 ? "a thread that waits for itself"
                                           : counted(deadlock.edges.size(), "thread"));
    page.markup(deadlock.certain ? "" : ", as it seems").markup("</h3>\n");
}

void write_links(Page& page, const Snapshot& snapshot, const Deadlock& deadlock)
{
    page.markup("<p class=\"state\">Stacks: ");
    const std::size_t told = std::min(deadlock.edges.size(), most_links);
    for (std::size_t i = 0; i < told; ++i) {
        page.markup(i == 0 ? "" : ", ");
        write_thread_link(page, snapshot, deadlock.edges[i].waiter);
    }
    page.markup(told < deadlock.edges.size() ? " …" : "").markup("</p>\n");
}

void write_deadlock(Page& page, const View& view, const Deadlock& deadlock, std::size_t number)
{
    write_heading(page, deadlock, number);
    page.markup("<div class=\"deadlock\">\n");
    write_wait_graph(page, view.snapshot(), deadlock);
    page.markup("<div>\n");
    // The first one may have opened the page.
    if (opening_of(view.report).sentence != deadlock.summary) {
        page.markup("<p>").text(deadlock.summary, most_of_line).markup("</p>\n");
    }
    page.markup("<ol>\n");
    for (const std::string& line : deadlock_lines(view.snapshot(), deadlock)) {
        page.markup("<li>").text(line, most_of_line).markup("</li>\n");
    }
    page.markup("</ol>\n");
    write_links(page, view.snapshot(), deadlock);
    page.markup("</div>\n</div>\n");
}

}  // namespace

void write_deadlocks(Page& page, const View& view)
{
    const auto& deadlocks = view.report.deadlocks;
    if (deadlocks.empty()) {
        return;
    }
    page.markup("<section id=\"deadlocks\" aria-labelledby=\"h-deadlocks\">\n");
    page.markup("<h2 id=\"h-deadlocks\">").markup(deadlocks.size() == 1 ? "Deadlock" : "Deadlocks");
    page.markup(
        "</h2>\n<p class=\"prose note\">Thick arrows are the circle: none of its threads can ");
    page.markup(
        "go on. Thin arrows come from threads that wait for one of these. Dashed: likely, ");
    page.markup("not certain.</p>\n");
    const std::size_t told = std::min(deadlocks.size(), most_deadlocks_told);
    for (std::size_t i = 0; i < told; ++i) {
        write_deadlock(page, view, deadlocks[i], i + 1);
    }
    if (told < deadlocks.size()) {
        page.markup("<p class=\"note\">").markup(counted(deadlocks.size() - told, "more deadlock"));
        page.markup("</p>\n");
    }
    page.markup("</section>\n");
}

}  // namespace pycore::html
