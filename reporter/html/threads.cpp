#include <algorithm>
#include <string>

#include "html/stack.hpp"
#include "view/facts.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

// Bytes and lines: enough for what a person reads, so few that every browser opens the page.
constexpr std::size_t for_crashed = 1'200'000;
constexpr std::size_t lines_of_crashed = 1'600;
constexpr std::size_t for_others = 2'700'000;
constexpr std::size_t fewest_bytes = 2'000;  ///< of one of them
constexpr std::size_t lines_of_others = 8'000;
constexpr std::size_t fewest_lines = 24;
constexpr std::size_t most_names = 60;

std::string heading_of(const Snapshot& snapshot, const Thread& thread)
{
    return thread_heading(snapshot, thread) +
           (is_known_to_python(snapshot, thread) ? "" : " (unknown to Python)");
}

void write_others(Page& page, const Snapshot& snapshot, const std::vector<std::size_t>& others)
{
    if (others.empty()) {
        return;
    }
    std::vector<std::string> names;
    for (const std::size_t thread : others) {
        names.push_back(thread_text(snapshot, thread));
    }
    page.markup("<p class=\"state\">").markup(counted(others.size(), "more thread"));
    page.markup(" with this stack: ").text(list_text(names, most_names), 4'000);
    page.markup(". Variables are those of the first.</p>\n");
}

/// What is seen while the thread is folded.
void write_summary(Page& page, const Snapshot& snapshot, const ThreadGroup& group)
{
    const Thread& thread = snapshot.threads[group.shown];
    page.markup("<summary><h3>").text(heading_of(snapshot, thread));
    if (!group.others.empty()) {
        page.markup(" <span>and ").number(group.others.size()).markup(" like it</span>");
    }
    if (const std::string state = state_text(snapshot, thread); !state.empty()) {
        page.markup(" <span>· ").text(state).markup("</span>");
    }
    page.markup(thread.exception ? " <span>· with an exception</span>" : "");
    page.markup("</h3></summary>\n");
}

void write_holds(Page& page, const Snapshot& snapshot, std::size_t thread)
{
    if (const std::string holds = holds_text(snapshot, thread); !holds.empty()) {
        page.markup("<p class=\"state\">").text(holds, 2'000).markup("</p>\n");
    }
}

void write_group(
    Page& page, const View& view, const ThreadGroup& group, bool open, std::size_t most_lines)
{
    const Thread& thread = view.snapshot().threads[group.shown];
    page.markup(open ? "<details class=\"thread\" open>" : "<details class=\"thread\">");
    write_summary(page, view.snapshot(), group);
    page.markup("<div id=\"t").number(group.shown).markup("\">\n");
    write_holds(page, view.snapshot(), group.shown);
    write_stack(page, view, thread, most_lines);
    write_exceptions(page, thread);
    write_others(page, view.snapshot(), group.others);
    page.markup("</div></details>\n");
}

/// Those of deadlocks first: the page links to them.
std::vector<ThreadGroup> in_order(const View& view)
{
    std::vector<ThreadGroup> groups = view.groups;
    std::ranges::stable_partition(groups, [&](const ThreadGroup& group) {
        return std::ranges::any_of(view.report.deadlocks, [&](const Deadlock& deadlock) {
            return std::ranges::find(deadlock.edges, group.shown, &DeadlockEdge::waiter) !=
                   deadlock.edges.end();
        });
    });
    return groups;
}

void write_heading(Page& page, const View& view, bool others)
{
    const std::size_t threads = view.snapshot().threads.size() - (others ? 1 : 0);
    page.markup("<h2 id=\"h-threads\">").markup(others ? "Other threads" : "Threads");
    page.markup(" <span class=\"note\">").markup(counted(threads, "thread"));
    if (view.groups.size() != threads) {
        page.markup(" in ").markup(counted(view.groups.size(), "group")).markup(" of equal stacks");
    }
    page.markup(", most recent call first</span></h2>\n");
}

}  // namespace

void write_crashed_thread(Page& page, const View& view)
{
    const Snapshot& snapshot = view.snapshot();
    const std::size_t index = crashed_thread(snapshot);
    if (index == SIZE_MAX) {
        return;
    }
    const Allowance allowance(page, for_crashed);
    const Thread& thread = snapshot.threads[index];
    page.markup("<section id=\"crashed\" class=\"first\" aria-labelledby=\"h-crashed\">\n");
    page.markup("<h2 id=\"h-crashed\">").text(heading_of(snapshot, thread)).markup("</h2>\n");
    page.markup("<div id=\"t").number(index).markup("\">\n<p class=\"state\">");
    const std::string state = state_text(snapshot, thread);
    page.text(state).markup(state.empty() ? "" : " · ").markup("most recent call first</p>\n");
    write_holds(page, snapshot, index);
    write_stack(page, view, thread, lines_of_crashed);
    write_exceptions(page, thread);
    page.markup("</div></section>\n");
}

void write_threads(Page& page, const View& view)
{
    if (view.groups.empty()) {
        return;
    }
    const Allowance allowance(page, for_others);
    const bool crashed = crashed_thread(view.snapshot()) != SIZE_MAX;
    const std::size_t most_lines = std::max(fewest_lines, lines_of_others / view.groups.size());
    page.markup("<section id=\"threads\" aria-labelledby=\"h-threads\">\n");
    write_heading(page, view, crashed);
    std::size_t told = 0;
    for (const ThreadGroup& group : in_order(view)) {
        if (page.full()) {
            break;
        }
        // What a thread leaves of its share is for those that follow.
        const Allowance share(page,
                              std::max(fewest_bytes, page.room() / (view.groups.size() - told)));
        write_group(page, view, group, told == 0, most_lines);
        ++told;
    }
    if (told < view.groups.size()) {
        page.markup("<p class=\"note\">").markup(counted(view.groups.size() - told, "more stack"));
        page.markup(" left out of this page; the JSON has them.</p>\n");
    }
    page.markup("</section>\n");
}

}  // namespace pycore::html
