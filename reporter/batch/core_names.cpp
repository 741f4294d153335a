#include "batch/core_names.hpp"

#include <algorithm>
#include <charconv>

#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t max_stem = 160;
constexpr std::size_t max_name = 255;
constexpr std::string_view infix = ".pycore.";

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) noexcept
{
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

bool all_digits(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// The part after the last dot, which goes.
std::string_view take_last(std::string_view& name) noexcept
{
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) {
        return {};
    }
    const std::string_view last = name.substr(dot + 1);
    name = name.substr(0, dot);
    return last;
}

// `text` is valid UTF-8, and stays so.
void cut(std::string& text, std::size_t most)
{
    if (text.size() <= most) {
        return;
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) {
        --most;
    }
    text.resize(most);
}

}  // namespace

std::string_view without_packing(std::string_view name) noexcept
{
    for (const std::string_view suffix : {".zst", ".lz4", ".xz", ".gz"}) {
        if (name.size() > suffix.size() && name.ends_with(suffix)) {
            return name.substr(0, name.size() - suffix.size());
        }
    }
    return name;
}

std::optional<std::int64_t> parse_crash_time(std::string_view digits)
{
    // Seconds reach this in the year 5138, microseconds reached it on the second day of 1970.
    constexpr std::int64_t least_microseconds = 100'000'000'000;
    constexpr std::int64_t most = 253'402'300'799'000'000;  // the end of the year 9999
    std::int64_t time = 0;
    const char* end = digits.data() + digits.size();
    if (!all_digits(digits) || std::from_chars(digits.data(), end, time).ec != std::errc{}) {
        return std::nullopt;
    }
    const std::int64_t microseconds = time < least_microseconds ? time * 1'000'000 : time;
    return microseconds > most ? std::nullopt : std::optional(microseconds);
}

std::optional<std::int64_t> time_in_systemd_name(std::string_view name)
{
    name = without_packing(name);
    const std::string_view time = take_last(name);
    const std::string_view pid = take_last(name);
    const std::string_view boot = take_last(name);
    const std::string_view uid = take_last(name);
    const bool boot_is_id = boot.size() == 32 && std::ranges::all_of(boot, is_hex_digit);
    const bool has_command = name.starts_with("core.") && name.size() > 5;
    if (!has_command || !boot_is_id || !all_digits(pid) || !all_digits(uid)) {
        return std::nullopt;
    }
    return parse_crash_time(time);
}

std::string report_stem(std::string_view core_name)
{
    std::string stem = to_printable(without_packing(core_name));
    std::ranges::replace(stem, '/', '_');
    if (stem.starts_with('.')) {
        stem.insert(0, "_");
    }
    if (stem.size() > max_stem) {
        cut(stem, max_stem - 17);
        stem += "-" + stable_hash(core_name);
    }
    return stem;
}

std::string report_name(std::string_view stem, std::string_view suffix)
{
    return std::string(stem).append(infix).append(suffix);
}

bool is_report_name(std::string_view name)
{
    return name.size() <= max_name && !name.empty() && name.front() != '.' &&
           name.find('/') == std::string_view::npos && name.find(infix) != std::string_view::npos &&
           is_printable(name);
}

// FNV-1a: not against forgers, whose names are told apart by a number in the end.
std::string stable_hash(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        *digit = "0123456789abcdef"[hash & 0xfU];
        hash >>= 4U;
    }
    return digits;
}

}  // namespace pycore
