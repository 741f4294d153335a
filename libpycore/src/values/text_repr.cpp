#include "values/text_repr.hpp"

#include <algorithm>

#include "objects/text.hpp"
#include "values/printable_table.hpp"

namespace pycore {
namespace {

void append_hex(std::string& out, char letter, std::uint32_t value, int digits)
{
    out.push_back('\\');
    out.push_back(letter);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        out.push_back("0123456789abcdef"[(value >> shift) & 0xF]);
    }
}

/// The escapes with a letter, which str and bytes share.
bool append_letter_escape(std::string& out, std::uint32_t character)
{
    switch (character) {
    case '\t': out += "\\t"; return true;
    case '\n': out += "\\n"; return true;
    case '\r': out += "\\r"; return true;
    case '\\': out += "\\\\"; return true;
    default: return false;
    }
}

void append_character(std::string& out, std::uint32_t character, std::uint8_t minor)
{
    if (append_letter_escape(out, character)) {
        return;
    }
    if (is_printable_in(character, minor)) {
        append_code_point(out, character);
    } else if (character < 0x100) {
        append_hex(out, 'x', character, 2);
    } else if (character < 0x1'0000) {
        append_hex(out, 'u', character, 4);
    } else {
        append_hex(out, 'U', character, 8);
    }
}

template <class Content>
char choose_quote(const Content& content)
{
    const auto has = [&](char quote) {
        return std::ranges::any_of(content, [quote](auto one) {
            return static_cast<std::uint32_t>(one) == static_cast<std::uint32_t>(quote);
        });
    };
    return has('\'') && !has('"') ? '"' : '\'';
}

std::string quote_bytes(std::span<const std::byte> content, bool always_escape_apostrophe)
{
    const char quote = choose_quote(content);
    std::string out = {'b', quote};
    for (const std::byte byte : content) {
        const auto value = std::to_integer<std::uint8_t>(byte);
        const char character = static_cast<char>(value);
        if (character == quote || (always_escape_apostrophe && character == '\'')) {
            out.push_back('\\');
            out.push_back(character);
        } else if (!append_letter_escape(out, value)) {
            if (value < 0x20 || value > 0x7E) {
                append_hex(out, 'x', value, 2);
            } else {
                out.push_back(character);
            }
        }
    }
    out.push_back(quote);
    return out;
}

}  // namespace

bool is_printable_in(std::uint32_t code_point, std::uint8_t minor) noexcept
{
    const auto ranges = printable_ranges();
    const auto found = std::ranges::lower_bound(ranges, code_point, {}, &PrintableRange::last);
    if (found == ranges.end() || code_point < found->first) {
        return false;
    }
    const std::uint8_t oldest = ranges.front().since_minor;
    return found->since_minor <= std::max(minor, oldest);
}

std::string text_repr(std::u32string_view characters, std::uint8_t minor)
{
    const char quote = choose_quote(characters);
    std::string out(1, quote);
    for (const char32_t character : characters) {
        if (character == static_cast<char32_t>(quote)) {
            out.push_back('\\');
        }
        append_character(out, character, minor);
    }
    out.push_back(quote);
    return out;
}

std::string bytes_repr(std::span<const std::byte> content)
{
    return quote_bytes(content, false);
}

std::string byte_array_repr(std::span<const std::byte> content)
{
    return quote_bytes(content, true);
}

}  // namespace pycore
