#include "html/html_report.hpp"

namespace pycore::html {
namespace {

void write_link(Page& page, std::string_view id, std::string_view words, std::size_t count = 0)
{
    page.markup("<li><a href=\"#").markup(id).markup("\">").markup(words).markup("</a>");
    if (count != 0) {
        page.markup(" <span class=\"count\">").number(count).markup("</span>");
    }
    page.markup("</li>\n");
}

bool lists_python_modules(const Snapshot& snapshot)
{
    for (const Interpreter& interpreter : snapshot.interpreters) {
        if (interpreter.modules && !interpreter.modules->list.empty()) {
            return true;
        }
    }
    return false;
}

}  // namespace

void write_navigation(Page& page, const View& view)
{
    const Snapshot& snapshot = view.snapshot();
    const bool crashed = crashed_thread(snapshot) != SIZE_MAX;
    page.markup("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n");
    if (const std::size_t count = view.report.deadlocks.size(); count != 0) {
        write_link(page, "deadlocks", count == 1 ? "Deadlock" : "Deadlocks",
                   count == 1 ? 0 : count);
    }
    if (crashed) {
        write_link(page, "crashed", "Crashed thread");
    }
    if (!view.report.hints.empty()) {
        write_link(page, "hints", "Hints", view.report.hints.size());
    }
    if (!view.groups.empty()) {
        write_link(page, "threads", crashed ? "Other threads" : "Threads",
                   snapshot.threads.size() - (crashed ? 1 : 0));
    }
    if (snapshot.crash && !snapshot.crash->targets.empty()) {
        write_link(page, "registers", "Registers");
    }
    if (snapshot.list_modules && !snapshot.modules.empty()) {
        write_link(page, "modules", "Modules", snapshot.modules.size());
    }
    if (lists_python_modules(snapshot)) {
        write_link(page, "python-modules", "Python modules");
    }
    if (!snapshot.gaps.empty() || !snapshot.limits.empty()) {
        write_link(page, "warnings", "Warnings", snapshot.gaps.size() + snapshot.limits.size());
    }
    write_link(page, "process", "Process and report");
    page.markup("</ul>\n</nav>\n");
}

}  // namespace pycore::html
