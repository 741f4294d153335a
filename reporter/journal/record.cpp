#include "journal/record.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t max_line = 512;
constexpr std::size_t max_lines = 40;
constexpr std::string_view priority = "3";  // as an error of a program

std::string one_line(std::string_view text, std::size_t most = max_line)
{
    std::string line = to_printable(text.substr(0, most));
    if (line.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(line[most]) & 0xc0U) == 0x80U) {
            --most;
        }
        line.resize(most);
    }
    return line;
}

// With its length, so that no value can end early and begin another field.
void add_field(std::string& record, std::string_view name, std::string_view value)
{
    record.append(name).push_back('\n');
    for (unsigned shift = 0; shift < 64; shift += 8) {
        record.push_back(static_cast<char>((std::uint64_t{value.size()} >> shift) & 0xffU));
    }
    record.append(value).push_back('\n');
}

void add_if(std::string& record, std::string_view name, const std::optional<std::string>& value)
{
    if (value && !value->empty()) {
        add_field(record, name, one_line(*value));
    }
}

// The short traceback begins with what the message begins with, cut where it is very long.
bool repeats(std::string_view line, std::string_view summary)
{
    constexpr std::string_view cut = " ...";
    constexpr std::size_t longest = 400;
    const bool is_cut = line.size() >= longest && line.ends_with(cut);
    return line == summary ||
           (is_cut && summary.starts_with(line.substr(0, line.size() - cut.size())));
}

std::string message_of(const BatchEntry& entry, std::string_view brief)
{
    std::string message = one_line("Process " + (entry.pid ? std::to_string(*entry.pid) : "?") +
                                   " (" + entry.command.value_or("?") + "): " + entry.summary);
    if (const auto first = brief.substr(0, brief.find('\n')); repeats(first, entry.summary)) {
        brief.remove_prefix(std::min(first.size() + 1, brief.size()));
    }
    for (std::size_t lines = 0; !brief.empty() && lines < max_lines; ++lines) {
        const auto end = brief.find('\n');
        message += "\n" + one_line(brief.substr(0, end));
        brief = end == std::string_view::npos ? std::string_view{} : brief.substr(end + 1);
    }
    return message;
}

}  // namespace

std::string journal_record(const BatchEntry& entry,
                           const CoreMetadata& metadata,
                           const std::string& folder,
                           const std::string& brief)
{
    constexpr std::size_t max_path = 4096;
    std::string record;
    add_field(record, "MESSAGE_ID", report_message_id);
    add_field(record, "PRIORITY", priority);
    add_field(record, "SYSLOG_IDENTIFIER", "pycore-report");
    add_field(record, "MESSAGE", message_of(entry, brief));
    if (entry.signature) {
        add_field(record, "PYCORE_SIGNATURE", one_line(entry.signature->text));
        add_field(record, "PYCORE_SIGNATURE_HASH", one_line(entry.signature->id));
    }
    if (!entry.reports.empty()) {
        add_field(record, "PYCORE_REPORT",
                  one_line(folder + "/" + entry.reports.front(), max_path));
    }
    const auto pid = entry.pid ? std::optional(std::to_string(*entry.pid)) : std::nullopt;
    add_if(record, "COREDUMP_PID", metadata.pid ? metadata.pid : pid);
    add_if(record, "COREDUMP_UID", metadata.uid);
    add_if(record, "COREDUMP_TIMESTAMP", metadata.timestamp);
    add_if(record, "COREDUMP_EXE", metadata.executable ? metadata.executable : entry.executable);
    return record;
}

}  // namespace pycore
