#include <string>
#include <vector>

#include "html/html_report.hpp"
#include "view/remark_words.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t room = 150'000;
constexpr std::size_t most_of_line = 1'000;

void write_lines(Page& page, std::string_view title, const std::vector<std::string>& lines)
{
    if (lines.empty()) {
        return;
    }
    page.markup("<h3>").markup(title).markup("</h3>\n<ul class=\"plain\">\n");
    std::size_t told = 0;
    for (; told < lines.size() && !page.full(); ++told) {
        page.markup("<li>").text(lines[told], most_of_line).markup("</li>\n");
    }
    if (told < lines.size()) {
        page.markup("<li>").number(lines.size() - told).markup(" more in the JSON</li>\n");
    }
    page.markup("</ul>\n");
}

void write_fact(Page& page, std::string_view name, std::string_view value)
{
    if (!value.empty()) {
        page.markup("<dt>").markup(name).markup("</dt><dd>").text(value, 3'000).markup("</dd>\n");
    }
}

std::string core_text(const CoreDescription& core)
{
    const auto percent = static_cast<int>(core.page_coverage * 100);
    return std::string(name_of(core.machine)) + ", " + counted(core.segments, "segment") + ", " +
           std::to_string(percent) + " % of the mapped bytes are in the core";
}

std::string owner_text(const ProcessDescription& process)
{
    std::string text = process.uid ? "uid " + std::to_string(*process.uid) : std::string();
    text += process.gid ? (text.empty() ? "gid " : ", gid ") + std::to_string(*process.gid) : "";
    text += process.ppid ? (text.empty() ? "parent " : ", parent ") + std::to_string(*process.ppid)
                         : "";
    return text;
}

void write_environment(Page& page, const ProcessDescription& process)
{
    if (!process.environment || process.environment->empty()) {
        return;
    }
    const Allowance allowance(page, room);
    page.markup("<details><summary>").markup(counted(process.environment->size(), "variable"));
    page.markup(" of the environment</summary>\n<dl class=\"vars\">\n");
    for (const EnvironmentVariable& variable : *process.environment) {
        if (page.full()) {
            page.markup("<dt>…</dt><dd class=\"note\">[more of them in the JSON]</dd>\n");
            break;
        }
        page.markup("<dt>").text(variable.name).markup("</dt><dd>").text(variable.value);
        page.markup("</dd>\n");
    }
    page.markup("</dl></details>\n");
}

}  // namespace

void write_remarks(Page& page, const View& view)
{
    const Snapshot& snapshot = view.snapshot();
    if (snapshot.gaps.empty() && snapshot.limits.empty()) {
        return;
    }
    const Allowance allowance(page, room);
    page.markup("<section id=\"warnings\" aria-labelledby=\"h-warnings\">\n");
    page.markup("<h2 id=\"h-warnings\">Warnings and limits</h2>\n");
    write_lines(page, "What could not be read, or is doubtful", warning_lines(snapshot));
    write_lines(page, "Limits that cut this report", limit_lines(snapshot));
    page.markup("</section>\n");
}

void write_process(Page& page, const View& view)
{
    const Snapshot& snapshot = view.snapshot();
    page.markup("<section id=\"process\" aria-labelledby=\"h-process\">\n");
    page.markup("<h2 id=\"h-process\">Process and report</h2>\n<dl class=\"facts\">\n");
    write_fact(page, "owner", owner_text(snapshot.process));
    write_fact(page, "build id", snapshot.process.executable_build_id.value_or(""));
    write_fact(page, "memory", core_text(snapshot.core));
    if (view.report.signature) {
        write_fact(page, "signature id", view.report.signature->id);
        write_fact(page, "coarse id", view.report.signature->coarse_id);
    }
    write_fact(page, "privacy", privacy_line(snapshot.privacy));
    write_fact(page, "status", std::string(name_of(view.report.status)));
    page.markup("</dl>\n");
    if (const std::string partial = partial_line(view.report); !partial.empty()) {
        page.markup("<p>").markup(partial).markup("</p>\n");
    }
    write_environment(page, snapshot.process);
    page.markup("</section>\n");
}

}  // namespace pycore::html
