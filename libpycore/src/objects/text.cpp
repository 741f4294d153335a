#include "objects/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// Where the characters of a str are.
struct TextData {
    Address at = {};
    std::uint64_t length = 0;  ///< characters
    std::uint32_t width = 1;   ///< bytes a character
    bool ascii = false;
};

bool bit(std::uint32_t state, std::uint32_t index)
{
    return index < 32 && ((state >> index) & 1) != 0;
}

/// A str of 3.11 that was made by an old API and never made ready keeps only `wchar_t`s.
Result<TextData> find_wide_data(const Memory& memory, const TextLayout& text, Address at)
{
    PYCORE_TRY(const Address data, read_field(memory, at, text.wide, "str object"));
    PYCORE_TRY(const std::int64_t length, read_field(memory, at, text.wide_length, "str object"));
    if (length < 0) {
        return Fault{FaultCode::bad_format, at.value, "str object"};
    }
    return TextData{.at = data, .length = static_cast<std::uint64_t>(length), .width = 4};
}

Result<TextData> find_data(const Memory& memory, const TextLayout& text, Address at)
{
    PYCORE_TRY(const std::int64_t length, read_field(memory, at, text.length, "str object"));
    PYCORE_TRY(const std::uint32_t state, read_field(memory, at, text.state, "str object"));
    if (text.ready_bit < 32 && !bit(state, text.ready_bit)) {
        return find_wide_data(memory, text, at);
    }
    const std::uint32_t width = (state >> text.kind_shift) & 7;
    const bool known_width = width == 1 || width == 2 || width == 4;
    if (length < 0 || !known_width) {
        return Fault{FaultCode::bad_format, at.value, "str object"};
    }
    TextData data{.length = static_cast<std::uint64_t>(length),
                  .width = width,
                  .ascii = bit(state, text.ascii_bit)};
    if (!bit(state, text.compact_bit)) {
        PYCORE_TRY(data.at, read_field(memory, at, text.data, "str object"));
        return data;
    }
    const auto first = offset_by(at, data.ascii ? text.ascii_data : text.compact_data);
    if (!first) {
        return Fault{FaultCode::bad_format, at.value, "str object"};
    }
    data.at = *first;
    return data;
}

std::uint32_t character(std::span<const std::byte> bytes, std::size_t index, std::uint32_t width)
{
    std::uint32_t value = 0;
    for (std::uint32_t i = 0; i < width; ++i) {
        value |= std::to_integer<std::uint32_t>(bytes[index * width + i]) << (8 * i);
    }
    return value;
}

void append_hex(std::string& out, char letter, std::uint32_t value, int digits)
{
    out.push_back('\\');
    out.push_back(letter);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        out.push_back("0123456789abcdef"[(value >> shift) & 0xF]);
    }
}

}  // namespace

void append_code_point(std::string& out, std::uint32_t code_point)
{
    const auto push = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code_point < 0x80) {
        push(code_point);
    } else if (code_point < 0x800) {
        push(0xC0 | (code_point >> 6));
        push(0x80 | (code_point & 0x3F));
    } else if (code_point >= 0xD800 && code_point < 0xE000) {
        append_hex(out, 'u', code_point, 4);
    } else if (code_point < 0x1'0000) {
        push(0xE0 | (code_point >> 12));
        push(0x80 | ((code_point >> 6) & 0x3F));
        push(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x11'0000) {
        push(0xF0 | (code_point >> 18));
        push(0x80 | ((code_point >> 12) & 0x3F));
        push(0x80 | ((code_point >> 6) & 0x3F));
        push(0x80 | (code_point & 0x3F));
    } else {
        append_hex(out, 'U', code_point, 8);
    }
}

Result<std::string> read_text(const Memory& memory,
                              const Layout& layout,
                              Address at,
                              const Limits& limits)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::text, "str object"));
    PYCORE_TRY(const TextData data, find_data(memory, layout.text, at));
    if (data.length > limits.max_text_bytes / data.width) {
        return Fault{FaultCode::limit_reached, at.value, "str object"};
    }
    std::vector<std::byte> bytes(data.length * data.width);
    PYCORE_CHECK(memory.read_bytes(data.at, bytes, "str object"));
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < data.length; ++i) {
        append_code_point(out, character(bytes, i, data.width));
    }
    return out;
}

Result<TextPrefix> read_text_prefix(const Memory& memory,
                                    const Layout& layout,
                                    Address at,
                                    std::size_t max_characters)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::text, "str object"));
    PYCORE_TRY(const TextData data, find_data(memory, layout.text, at));
    const auto count = std::min<std::uint64_t>(data.length, max_characters);
    std::vector<std::byte> bytes(count * data.width);
    PYCORE_CHECK(memory.read_bytes(data.at, bytes, "str object"));
    TextPrefix prefix{.characters = {}, .cut = count < data.length};
    prefix.characters.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        prefix.characters.push_back(character(bytes, i, data.width));
    }
    return prefix;
}

bool text_equals(const Memory& memory, const Layout& layout, Address at, std::string_view ascii)
{
    if (!expect_type(memory, layout, at, type_flag::text, "str object")) {
        return false;
    }
    const auto data = find_data(memory, layout.text, at);
    if (!data || !data->ascii || data->length != ascii.size()) {
        return false;
    }
    std::string bytes(ascii.size(), '\0');
    return memory.read_bytes(data->at, std::as_writable_bytes(std::span(bytes)), "str object") &&
           bytes == ascii;
}

}  // namespace pycore
