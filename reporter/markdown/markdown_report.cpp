#include "markdown/markdown_report.hpp"

#include <sstream>
#include <vector>

#include "markdown/code.hpp"
#include "markdown/page.hpp"
#include "pycore/text.hpp"
#include "text/exceptions.hpp"
#include "text/text_report.hpp"
#include "view/facts.hpp"
#include "view/thread_groups.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore::markdown {
namespace {

constexpr std::size_t most_modules = 400;
constexpr std::size_t width_of_blocks = 100;

// What the text report says in one of its parts, every line of it printable whatever is in it.
template <class Write>
std::string as_text(const Write& write)
{
    std::ostringstream out;
    StyledText text(out, Presentation{.width = width_of_blocks});
    write(text);
    std::istringstream lines(out.str());
    std::string shown;
    std::string blank;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) {
            blank = shown.empty() ? "" : "\n";  // none at the start or the end
            continue;
        }
        shown.append(blank).append(to_printable(line)).append("\n");
        blank.clear();
    }
    return shown;
}

void add_headline(Page& page, const Report& report)
{
    page.add("## " + code_span(headline(report.snapshot)) + "\n");
    if (report.diagnosis) {
        page.add("**" + code_span(report.diagnosis->summary) + "**\n");
    }
}

// A cell cannot hold every pipe; facts with one are a list of their own.
void add_facts(Page& page, const Report& report)
{
    std::string table;
    std::string list;
    for (const Fact& fact : facts(report)) {
        const std::string value = code_span(fact.value);
        if (value.find('|') == std::string::npos) {
            table += "| " + std::string(fact.name) + " | " + value + " |\n";
        } else {
            list += "- " + std::string(fact.name) + ": " + value + "\n";
        }
    }
    if (report.signature) {
        list += "- signature: " + code_span(report.signature->text) + ", id " +
                code_span(report.signature->id) + "\n";
    }
    page.add("| | |\n|---|---|\n" + table);
    page.add(list);
}

std::string stack_text(const Report& report,
                       std::size_t index,
                       bool variables,
                       const StackFolder& folder)
{
    const Snapshot& snapshot = report.snapshot;
    const Thread& thread = snapshot.threads[index];
    return as_text([&](StyledText& out) {
        out.quoted(thread_heading(snapshot, thread)).plain(" (most recent call first):\n");
        for (const std::string& words :
             {state_text(snapshot, thread), holds_text(snapshot, index)}) {
            if (!words.empty()) {
                out.plain("  ").quoted(words).plain("\n");
            }
        }
        write_stack(out, snapshot, thread,
                    {.folder = &folder,
                     .variables = variables,
                     .underline = thread.crashed ? Underline::columns : Underline::none});
    });
}

bool has_variables(const Thread& thread)
{
    for (const StackFrame& frame : thread.stack) {
        const auto* const python = std::get_if<PythonFrame>(&frame);
        if (python != nullptr && python->variables && !python->variables->locals.empty()) {
            return true;
        }
    }
    return false;
}

void add_first_thread(Page& page,
                      const Report& report,
                      std::size_t index,
                      const StackFolder& folder)
{
    const Thread& thread = report.snapshot.threads[index];
    page.add_block(thread.crashed ? "Crashed thread" : "First thread",
                   stack_text(report, index, false, folder));
    page.add_block("Exceptions of this thread",
                   as_text([&](StyledText& out) { write_exceptions(out, thread); }));
    if (has_variables(thread)) {
        page.add_folded("The same stack, with variables", stack_text(report, index, true, folder));
    }
}

void add_others(Page& page,
                const Report& report,
                const std::vector<ThreadGroup>& groups,
                std::size_t first,
                const StackFolder& folder)
{
    const Snapshot& snapshot = report.snapshot;
    for (const ThreadGroup& group : groups) {
        if (group.shown == first && group.others.empty()) {
            continue;
        }
        const Thread& thread = snapshot.threads[group.shown];
        std::string summary = thread.tid ? "Thread " + std::to_string(*thread.tid) : "A thread";
        if (!group.others.empty()) {
            summary += " and " + counted(group.others.size(), "more thread") + " like it";
        }
        page.add_folded(summary,
                        stack_text(report, group.shown, false, folder) +
                            as_text([&](StyledText& out) { write_exceptions(out, thread); }));
    }
}

void add_modules(Page& page, const Snapshot& snapshot)
{
    std::size_t count = 0;
    const std::string lines = as_text([&](StyledText& out) {
        for (const ModuleDescription& module : snapshot.modules) {
            if (++count > most_modules) {
                break;
            }
            out.quoted(module.path).plain(module.build_id ? " " : "");
            out.quoted(module.build_id.value_or(""));
            if (module.package) {
                out.plain(" (").quoted(*module.package).plain(")");
            }
            out.plain("\n");
        }
    });
    page.add_folded("ELF files of the process, with their build ids", lines);
}

// The index of the thread to show in full.
std::optional<std::size_t> find_first(const Snapshot& snapshot)
{
    const Thread* first = first_thread(snapshot.threads);
    if (first != nullptr) {
        return static_cast<std::size_t>(first - snapshot.threads.data());
    }
    return snapshot.threads.empty() ? std::nullopt : std::optional<std::size_t>(0);
}

}  // namespace

void write_report(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    const StackFolder folder(report.snapshot);
    const auto first = find_first(report.snapshot);
    Page page;
    add_headline(page, report);
    add_facts(page, report);
    page.add_block("Deadlock", as_text([&](StyledText& text) { write_deadlocks(text, report); }));
    if (first) {
        add_first_thread(page, report, *first, folder);
    }
    page.add_block("Hints", as_text([&](StyledText& text) { write_hints(text, report.hints); }));
    page.add_block("Remarks", as_text([&](StyledText& text) { write_remarks(text, report); }));
    if (first) {
        add_others(page, report, group_threads(report), *first, folder);
    }
    add_modules(page, report.snapshot);
    out << std::move(page).finish();
}

}  // namespace pycore::markdown
