#include "batch/index_html.hpp"

#include <algorithm>

#include "batch/groups.hpp"
#include "batch/index_style.hpp"
#include "batch/timestamp.hpp"
#include "html/escape.hpp"
#include "pycore/report.hpp"

namespace pycore {
namespace {

// In bytes: less than 5 MB together.
constexpr std::size_t max_overview = 1'200'000;
constexpr std::size_t max_sections = 3'200'000;
constexpr std::size_t max_failures = 250'000;
constexpr std::size_t shown_of_group = 50;
constexpr std::size_t shown_open = 5;  // reports of a group that are not folded
constexpr std::size_t shown_names = 5;

std::string counted(std::size_t count, const std::string& one, const std::string& many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string time_text(std::int64_t time)
{
    const std::string utc = utc_microseconds(time);
    return "<time datetime=\"" + utc + "\">" + utc.substr(0, 10) + " " + utc.substr(11, 8) +
           "</time>";
}

std::string names_text(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shown_names); ++i) {
        text += (i == 0 ? "" : ", ") + html_text(names[i]);
    }
    if (names.size() > shown_names) {
        text += " and " + std::to_string(names.size() - shown_names) + " more";
    }
    return text.empty() ? "unknown" : text;
}

std::string cell(const char* kind, const char* label, const std::string& html)
{
    return std::string("<td class=\"") + kind + "\" data-label=\"" + label + "\">" + html + "</td>";
}

std::string head(const std::vector<const char*>& columns)
{
    std::string row = "<thead><tr>";
    for (const char* column : columns) {
        row += std::string("<th scope=\"col\">") + column + "</th>";
    }
    return row + "</tr></thead>\n<tbody>\n";
}

std::string overview_row(const CrashGroup& group, std::size_t number, bool is_below)
{
    const std::string title = html_text(group.title);
    const std::string crash =
        is_below ? "<a href=\"#crash-" + std::to_string(number) + "\">" + title + "</a>" : title;
    return "<tr><td class=\"crash\">" + crash + "</td>" +
           cell("count", "Cores:", std::to_string(group.entries.size())) +
           cell("time", "Last:", time_text(group.last)) +
           cell("time", "First:", time_text(group.first)) +
           cell("names", "Python:", names_text(group.python_versions)) +
           cell("names", "Hosts:", names_text(group.hosts)) + "</tr>\n";
}

void append_note(std::string& page, std::size_t left_out, const char* what)
{
    if (left_out != 0) {
        page += "<p>" + std::to_string(left_out) + " " + what +
                " are not on this page; index.jsonl has them.</p>\n";
    }
}

// `below` sections of them follow.
void append_overview(std::string& page, const std::vector<CrashGroup>& groups, std::size_t below)
{
    page +=
        "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">Crashes</h2>\n"
        "<table><caption>The newest first. Times are UTC.</caption>" +
        head({"Crash", "Cores", "Last seen", "First seen", "Python", "Hosts"});
    std::size_t shown = 0;
    while (shown < groups.size() && page.size() < max_overview) {
        page += overview_row(groups[shown], shown + 1, shown < below);
        ++shown;
    }
    page += "</tbody></table>\n";
    append_note(page, groups.size() - shown, "crashes");
    page += "</section>\n";
}

std::string report_links(const BatchEntry& entry)
{
    std::string links;
    for (const std::string& report : entry.reports) {
        const auto suffix = report.substr(report.rfind(".pycore.") + 8);
        links += "<a href=\"" + link_to(report) + "\">" + html_text(suffix) +
                 "<span class=\"unseen\"> of " + html_text(entry.name) + "</span></a>";
    }
    return links;
}

std::string process_text(const BatchEntry& entry)
{
    std::string text = html_text(entry.command.value_or("unknown"));
    if (entry.pid) {
        text += " (" + std::to_string(*entry.pid) + ")";
    }
    return text;
}

std::string status_text(const BatchEntry& entry)
{
    std::string text = html_text(entry.status);
    for (const std::string& limit : entry.limits) {
        text += ", cut by --" + html_text(limit);
    }
    return text;
}

std::string report_row(const BatchEntry& entry)
{
    return "<tr>" + cell("time", "Time:", time_text(entry.origin.time)) +
           cell("names", "Process:", process_text(entry)) +
           cell("names", "Host:", html_text(entry.origin.hostname.value_or("unknown"))) +
           cell("names", "Python:", html_text(entry.python_version.value_or("none found"))) +
           cell("names", "Report:", status_text(entry)) +
           cell("core", "Core:", html_text(entry.name)) +
           cell("links", "Read:", report_links(entry)) + "</tr>\n";
}

std::string group_section(const CrashGroup& group, std::size_t number)
{
    const std::string id = "crash-" + std::to_string(number);
    const std::string summary = group.entries.front()->summary;
    std::string section = "<section aria-labelledby=\"" + id + "\">\n<h3 id=\"" + id + "\">" +
                          html_text(group.title) + "</h3>\n";
    if (summary != group.title) {
        section += "<p>" + html_text(summary) + "</p>\n";
    }
    if (!group.id.empty()) {
        section += "<p class=\"soft\">signature " + html_text(group.id.substr(0, 16)) + "</p>\n";
    }
    section += std::string("<details") + (group.entries.size() <= shown_open ? " open" : "") +
               "><summary>" + counted(group.entries.size(), "report", "reports") + "</summary>\n" +
               "<table><caption class=\"unseen\">Reports of this crash</caption>" +
               head({"Time", "Process", "Host", "Python", "Report", "Core", "Read"});
    const std::size_t shown = std::min(group.entries.size(), shown_of_group);
    for (std::size_t i = 0; i < shown; ++i) {
        section += report_row(*group.entries[i]);
    }
    section += "</tbody></table></details>\n";
    append_note(section, group.entries.size() - shown, "older reports");
    return section + "</section>\n";
}

void append_crashes(std::string& page, const std::vector<CrashGroup>& groups)
{
    std::string sections = "<h2>Reports</h2>\n";
    std::size_t shown = 0;
    while (shown < groups.size()) {
        const std::string section = group_section(groups[shown], shown + 1);
        if (sections.size() + section.size() > max_sections) {
            break;
        }
        sections += section;
        ++shown;
    }
    append_overview(page, groups, shown);
    page += sections;
    append_note(page, groups.size() - shown, "crashes");
}

void append_failures(std::string& page, const std::vector<BatchEntry>& entries)
{
    std::string rows;
    std::size_t left_out = 0;
    for (const BatchEntry& entry : entries) {
        if (!entry.error) {
            continue;
        }
        if (rows.size() > max_failures) {
            ++left_out;
            continue;
        }
        rows += "<tr>" + cell("time", "Time:", time_text(entry.origin.time)) +
                cell("core", "Core:", html_text(entry.path)) +
                cell("bad", "Why:", html_text(*entry.error)) + "</tr>\n";
    }
    if (rows.empty()) {
        return;
    }
    page +=
        "<section aria-labelledby=\"failures\">\n<h2 id=\"failures\">Without a report</h2>\n"
        "<table><caption>Cores that could not be read</caption>" +
        head({"Time", "Core", "Why"}) + rows + "</tbody></table>\n";
    append_note(page, left_out, "more such cores");
    page += "</section>\n";
}

std::string opening(const std::vector<BatchEntry>& entries, std::size_t groups)
{
    const auto failed = static_cast<std::size_t>(std::ranges::count_if(
        entries, [](const BatchEntry& entry) { return entry.error.has_value(); }));
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
           "<meta http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<title>Crash reports</title>\n<style>" +
           std::string(index_style()) +
           "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">To the crashes</a>\n"
           "<header>\n<h1>Crash reports</h1>\n<p>" +
           counted(entries.size(), "core", "cores") + ": " +
           counted(entries.size() - failed, "report", "reports") + " of " +
           counted(groups, "crash", "different crashes") + ", " + counted(failed, "core", "cores") +
           " without a report.</p>\n</header>\n"
           "<main id=\"content\">\n";
}

}  // namespace

std::string link_to(std::string_view file_name)
{
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string link = "./";
    for (const char c : file_name) {
        if (plain.find(c) != std::string_view::npos) {
            link += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        link += '%';
        link += digits[byte >> 4U];
        link += digits[byte & 0xfU];
    }
    return link;
}

std::string index_page(const std::vector<BatchEntry>& entries)
{
    const std::vector<CrashGroup> groups = group_crashes(entries);
    std::string page = opening(entries, groups.size());
    if (groups.empty()) {
        page += "<p>There are no reports yet.</p>\n";
    } else {
        append_crashes(page, groups);
    }
    append_failures(page, entries);
    page += "</main>\n<footer>\n<p class=\"soft\">Written by pycore-report " +
            html_text(library_version()) + ". index.jsonl has the same for programs.</p>\n" +
            "</footer>\n</body>\n</html>\n";
    return page;
}

}  // namespace pycore
