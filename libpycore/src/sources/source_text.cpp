#include "sources/source_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_lines = std::size_t{1} << 20;
constexpr std::string_view blanks = " \t\f";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string from_latin1(std::string_view bytes)
{
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text.push_back(c);
        } else {
            text.push_back(static_cast<char>(0xC0U | (byte >> 6U)));
            text.push_back(static_cast<char>(0x80U | (byte & 0x3FU)));
        }
    }
    return text;
}

/// Where the line that starts at `at` ends, and the next one starts.
struct LineEnd {
    std::size_t end;
    std::size_t next;
};

LineEnd find_line_end(std::string_view text, std::size_t at)
{
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const bool pair = text.substr(end).starts_with("\r\n");
    return {end, std::min(end + (pair ? 2 : 1), text.size())};
}

bool names_encoding(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

/// `[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`, as `tokenize` looks for it.
std::string_view find_cookie(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos || line[first] != '#') {
        return {};
    }
    constexpr std::string_view word = "coding";
    for (std::size_t at = line.find(word); at != std::string_view::npos;
         at = line.find(word, at + 1)) {
        std::string_view rest = line.substr(at + word.size());
        if (!rest.starts_with(':') && !rest.starts_with('=')) {
            continue;
        }
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        const auto* const end = std::ranges::find_if_not(rest, names_encoding);
        const auto name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (!name.empty()) {
            return name;
        }
    }
    return {};
}

bool is_comment_or_blank(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(blanks);
    return first == std::string_view::npos || line[first] == '#';
}

std::string normalised(std::string_view name)
{
    std::string text;
    for (const char c : name) {
        text.push_back(c == '_'               ? '-'
                       : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                              : c);
    }
    return text;
}

}  // namespace

SourceText::SourceText(std::string bytes) : bytes_(std::move(bytes))
{
    if (bytes_.starts_with(byte_order_mark)) {
        bytes_.erase(0, byte_order_mark.size());
    }
    starts_.push_back(0);
    while (starts_.back() < bytes_.size() && starts_.size() <= most_lines) {
        starts_.push_back(static_cast<std::uint32_t>(find_line_end(bytes_, starts_.back()).next));
    }
    encoding_ = find_encoding();
}

std::string_view SourceText::raw_line(std::size_t index) const
{
    if (index + 1 >= starts_.size()) {
        return {};
    }
    const std::string_view text = std::string_view(bytes_).substr(0, starts_[index + 1]);
    return text.substr(starts_[index], find_line_end(text, starts_[index]).end - starts_[index]);
}

SourceText::Encoding SourceText::find_encoding() const
{
    std::string_view cookie = find_cookie(raw_line(0));
    if (cookie.empty() && is_comment_or_blank(raw_line(0))) {
        cookie = find_cookie(raw_line(1));
    }
    const std::string name = normalised(cookie);
    constexpr std::array<std::string_view, 6> latin{"latin-1", "iso-8859-1", "iso-latin-1",
                                                    "latin1",  "l1",         "iso8859-1"};
    const auto is_named = [&name](std::string_view known) {
        return name == known || name.starts_with(std::string(known) + '-');
    };
    if (name.empty() || is_named("utf-8") || name == "utf8") {
        return Encoding::utf8;
    }
    return std::ranges::any_of(latin, is_named) ? Encoding::latin1 : Encoding::unknown;
}

std::optional<std::string> SourceText::line(std::int32_t number) const
{
    if (number < 1 || static_cast<std::size_t>(number) >= starts_.size()) {
        return std::nullopt;
    }
    const std::string_view raw = raw_line(static_cast<std::size_t>(number) - 1);
    if (raw.size() > longest_source_line) {
        return std::nullopt;
    }
    if (is_ascii(raw)) {
        return std::string(raw);
    }
    if (encoding_ == Encoding::latin1) {
        return from_latin1(raw);
    }
    std::string valid = to_valid_utf8(raw);
    const bool decodes = encoding_ == Encoding::utf8 && valid == raw;
    return decodes ? std::optional(std::move(valid)) : std::nullopt;
}

}  // namespace pycore
