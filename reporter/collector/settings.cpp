#include "collector/settings.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "batch/open_core.hpp"
#include "format.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t max_file = 64 << 10;
constexpr std::size_t max_warnings = 20;

std::string_view trimmed(std::string_view text)
{
    constexpr const char* blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<std::uint64_t> parse_number(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool all = error == std::errc{} && end == text.data() + text.size();
    return all ? std::optional(number) : std::nullopt;
}

// Bytes, or with K, M, G or T.
std::optional<std::uint64_t> parse_bytes(std::string_view text)
{
    constexpr std::string_view units = "KMGT";
    const auto unit = text.empty() ? std::string_view::npos : units.find(text.back());
    const unsigned shift = unit == std::string_view::npos ? 0 : 10 * (unsigned(unit) + 1);
    const auto number =
        parse_number(unit == std::string_view::npos ? text : text.substr(0, text.size() - 1));
    return number && *number <= (UINT64_MAX >> shift) ? std::optional(*number << shift)
                                                      : std::nullopt;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) {
            parts.emplace_back(part);
        }
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

using Set = bool (*)(CollectorSettings&, std::string_view);

template <std::uint64_t CollectorSettings::*member>
bool set_bytes(CollectorSettings& settings, std::string_view text)
{
    const auto number = parse_bytes(text);
    settings.*member = number.value_or(settings.*member);
    return number.has_value();
}

template <bool CollectorSettings::*member>
bool set_flag(CollectorSettings& settings, std::string_view text)
{
    const bool yes = text == "yes" || text == "true" || text == "on" || text == "1";
    const bool no = text == "no" || text == "false" || text == "off" || text == "0";
    settings.*member = yes || (!no && settings.*member);
    return yes || no;
}

template <std::string CollectorSettings::*member>
bool set_folder(CollectorSettings& settings, std::string_view text)
{
    const bool good = text.starts_with('/');
    settings.*member = good ? std::string(text) : settings.*member;
    return good;
}

bool set_roots(CollectorSettings& settings, std::string_view text)
{
    const auto roots = split(text, ':');
    for (const std::string& root : roots) {
        if (!root.starts_with('/')) {
            return false;
        }
    }
    settings.allowed_roots = roots;
    return true;
}

bool set_privacy(CollectorSettings& settings, std::string_view text)
{
    settings.privacy = text == "local" ? PrivacyLevel::local : PrivacyLevel::open;
    return text == "local" || text == "public";
}

bool set_time(CollectorSettings& settings, std::string_view text)
{
    constexpr std::uint64_t most = 86'400;
    const auto seconds = parse_number(text);
    const bool good = seconds && *seconds > 0 && *seconds <= most;
    settings.time_limit = good ? std::chrono::seconds(*seconds) : settings.time_limit;
    return good;
}

bool set_formats(CollectorSettings& settings, std::string_view text)
{
    const auto formats = split(text, ',');
    for (const std::string& name : formats) {
        if (find_format(name) == nullptr) {
            return false;
        }
    }
    settings.formats = formats.empty() ? settings.formats : formats;
    return !formats.empty();
}

bool set_user(CollectorSettings& settings, std::string_view text)
{
    settings.user = text.empty() ? settings.user : std::string(text);
    return !text.empty();
}

struct Key {
    std::string_view section;
    std::string_view name;
    Set set;
};

constexpr std::array keys{
    Key{"Collector", "AllowedRoots", set_roots},
    Key{"Collector", "Privacy", set_privacy},
    Key{"Collector", "TimeLimit", set_time},
    Key{"Collector", "Memory", set_bytes<&CollectorSettings::memory>},
    Key{"Collector", "MaxReportSize", set_bytes<&CollectorSettings::max_report_size>},
    Key{"Collector", "MaxUnpackedSize", set_bytes<&CollectorSettings::max_unpacked_size>},
    Key{"Collector", "Formats", set_formats},
    Key{"Collector", "User", set_user},
    Key{"Collector", "StateDirectory", set_folder<&CollectorSettings::state_directory>},
    Key{"Collector", "MaxUse", set_bytes<&CollectorSettings::max_use>},
    Key{"Abrt", "AbrtCoreBacktrace", set_flag<&CollectorSettings::abrt_core_backtrace>},
    Key{"Kernel", "StoreCores", set_flag<&CollectorSettings::store_cores>},
    Key{"Kernel", "CoreDirectory", set_folder<&CollectorSettings::core_directory>},
    Key{"Kernel", "MaxCoreSize", set_bytes<&CollectorSettings::max_core_size>},
    Key{"Kernel", "MaxUse", set_bytes<&CollectorSettings::max_core_use>},
    Key{"Kernel", "KeepFree", set_bytes<&CollectorSettings::keep_free>},
};

const char* apply_line(CollectorSettings& settings,
                       const std::string& section,
                       std::string_view line)
{
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) {
        return "is no KEY=VALUE";
    }
    for (const Key& key : keys) {
        if (key.section == section && key.name == trimmed(line.substr(0, equals))) {
            return key.set(settings, trimmed(line.substr(equals + 1))) ? nullptr
                                                                       : "has no valid value";
        }
    }
    return "is not known";
}

std::string content_of(const OpenedFile& file)
{
    std::string text(static_cast<std::size_t>(file.status.st_size), '\0');
    const ssize_t count = ::pread(file.descriptor.number(), text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
}

const char* objection_to(const struct stat& status)
{
    if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
        return "belongs to another user";
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return "can be written by others than its owner";
    }
    return static_cast<std::uint64_t>(status.st_size) > max_file ? "is too long" : nullptr;
}

}  // namespace

ReadSettings parse_settings(const std::string& text, const std::string& name)
{
    ReadSettings result;
    std::string section;
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = trimmed(std::string_view(text).substr(start, end - start));
        start = end + 1;
        ++number;
        if (line.empty() || line.front() == '#' || line.front() == ';') {
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            section = std::string(line.substr(1, line.size() - 2));
            continue;
        }
        const char* const wrong = apply_line(result.settings, section, line);
        if (wrong != nullptr && result.warnings.size() < max_warnings) {
            result.warnings.push_back(to_printable(name) + " line " + std::to_string(number) +
                                      ": " + to_printable(line.substr(0, line.find('='))) + " " +
                                      wrong);
        }
    }
    return result;
}

ReadSettings read_settings(const std::string& path)
{
    ReadSettings result;
    const OpenedFile file = open_regular(AT_FDCWD, path);
    if (!file.descriptor) {
        result.missing = file.error == ENOENT;
        result.error = to_printable(path) + ": " + std::strerror(file.error);
        return result;
    }
    if (const char* const objection = objection_to(file.status)) {
        result.error = to_printable(path) + " " + objection + ", and is not used";
        return result;
    }
    return parse_settings(content_of(file), path);
}

}  // namespace pycore
