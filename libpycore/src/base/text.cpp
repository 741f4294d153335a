#include "pycore/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace pycore {
namespace {

struct Decoded {
    char32_t code_point = 0;
    std::size_t length = 0;  // 0: the first byte belongs to no character
};

struct Range {
    char32_t first;
    char32_t last;
};

// Characters a report never shows as they are: controls, line and paragraph separators, what
// changes the direction of text, and what has no width, so that one name could pass for another.
constexpr std::array hidden{
    Range{0x00, 0x1F},       Range{0x7F, 0x9F},     Range{0xAD, 0xAD},     Range{0x034F, 0x034F},
    Range{0x061C, 0x061C},   Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F},
    Range{0x200B, 0x200F},   Range{0x2028, 0x202E}, Range{0x2060, 0x206F}, Range{0x3164, 0x3164},
    Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFFB}, Range{0xFFFE, 0xFFFF},
    Range{0xE0000, 0xE0FFF},
};

constexpr std::string_view digits = "0123456789abcdef";

bool is_hidden(char32_t code_point) noexcept
{
    for (const Range& range : hidden) {
        if (code_point <= range.last) {
            return code_point >= range.first;
        }
    }
    return false;
}

std::uint8_t byte_at(std::string_view bytes, std::size_t at) noexcept
{
    return static_cast<std::uint8_t>(bytes[at]);
}

// The table of well-formed byte sequences in the Unicode standard (3-7): no overlong forms, no
// surrogates, nothing above U+10FFFF.
Decoded decode(std::string_view bytes, std::size_t at) noexcept
{
    const std::uint8_t lead = byte_at(bytes, at);
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return {};
    }
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (bytes.size() - at < length) {
        return {};
    }
    const std::uint8_t second = byte_at(bytes, at + 1);
    const bool second_fits = second >= (lead == 0xE0   ? 0xA0
                                        : lead == 0xF0 ? 0x90
                                                       : 0x80) &&
                             second <= (lead == 0xED   ? 0x9F
                                        : lead == 0xF4 ? 0x8F
                                                       : 0xBF);
    if (!second_fits) {
        return {};
    }
    char32_t code_point = (lead & (0x7FU >> length)) << 6 | (second & 0x3FU);
    for (std::size_t i = 2; i < length; ++i) {
        const std::uint8_t next = byte_at(bytes, at + i);
        if ((next & 0xC0) != 0x80) {
            return {};
        }
        code_point = code_point << 6 | (next & 0x3FU);
    }
    return {code_point, length};
}

void append_hex(std::string& out, std::string_view prefix, std::uint32_t value, int width)
{
    out += prefix;
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
        out += digits[(value >> shift) & 0xF];
    }
}

void append_hidden(std::string& out, char32_t code_point)
{
    switch (code_point) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    if (code_point < 0x80) {
        append_hex(out, "\\x", code_point, 2);
    } else if (code_point < 0x10000) {
        append_hex(out, "\\u", code_point, 4);
    } else {
        append_hex(out, "\\U", code_point, 8);
    }
}

bool is_plain_ascii(std::string_view bytes) noexcept
{
    for (const char c : bytes) {
        if (c < 0x20 || c > 0x7E) {  // whether or not char is signed
            return false;
        }
    }
    return true;
}

template <class Shown>
std::string rewrite(std::string_view bytes, Shown is_shown)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded decoded = decode(bytes, at);
        if (decoded.length == 0) {
            append_hex(out, "\\x", byte_at(bytes, at), 2);
            at += 1;
            continue;
        }
        if (is_shown(decoded.code_point)) {
            out += bytes.substr(at, decoded.length);
        } else {
            append_hidden(out, decoded.code_point);
        }
        at += decoded.length;
    }
    return out;
}

}  // namespace

std::string to_valid_utf8(std::string_view bytes)
{
    return rewrite(bytes, [](char32_t) { return true; });
}

std::string to_printable(std::string_view bytes)
{
    if (is_plain_ascii(bytes)) {
        return std::string(bytes);
    }
    return rewrite(bytes, [](char32_t code_point) { return !is_hidden(code_point); });
}

bool is_printable(std::string_view bytes) noexcept
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded decoded = decode(bytes, at);
        if (decoded.length == 0 || is_hidden(decoded.code_point)) {
            return false;
        }
        at += decoded.length;
    }
    return true;
}

}  // namespace pycore
