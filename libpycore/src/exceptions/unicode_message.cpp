#include <array>
#include <charconv>

#include "exceptions/message.hpp"
#include "objects/bytes.hpp"
#include "objects/integer.hpp"
#include "objects/text.hpp"

namespace pycore {
namespace {

std::string hex_digits(std::uint32_t value, int width)
{
    std::string text;
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
        text += "0123456789abcdef"[(value >> shift) & 0xF];
    }
    return text;
}

std::string escape(std::uint32_t character)
{
    return character <= 0xFF     ? "\\x" + hex_digits(character, 2)
           : character <= 0xFFFF ? "\\u" + hex_digits(character, 4)
                                 : "\\U" + hex_digits(character, 8);
}

/// " byte 0xff in position 3" or "s in position 3-5".
std::string place_of(std::string_view one, std::uint64_t start, std::uint64_t end)
{
    if (end == start + 1) {
        return std::string(one) + " in position " + std::to_string(start);
    }
    return "s in position " + std::to_string(start) + "-" +
           std::to_string(static_cast<std::int64_t>(end) - 1);
}

/// The character or byte at `index`, if there is one.
std::optional<std::uint32_t> unit_at(const ExceptionSource& source,
                                     Address object,
                                     std::uint64_t index)
{
    constexpr std::uint64_t most = 1 << 24;
    if (index >= most) {
        return std::nullopt;
    }
    const auto bytes = read_bytes_object(source.memory, source.layout, object, most);
    if (bytes && index < bytes->size()) {
        return std::to_integer<std::uint32_t>((*bytes)[index]);
    }
    const auto text = read_text_prefix(source.memory, source.layout, object, index + 1);
    if (text && index < text->characters.size()) {
        return text->characters[index];
    }
    return std::nullopt;
}

}  // namespace

/// `'utf-8' codec can't decode byte 0xff in position 3: invalid start byte`, made of the arguments:
/// the members, which a codec may move on afterwards, have no place in our tables.
Message MessageReader::unicode_error(const RaisedValue& raised, TextFamily family)
{
    const bool translate = family == TextFamily::unicode_translate_error;
    const std::size_t first = translate ? 0 : 1;  // there is no encoding then
    if (raised.argument_count != first + 4) {
        return base(raised);
    }
    const Address object = raised.arguments[first];
    const auto start = read_unsigned(source_.memory, source_.layout, raised.arguments[first + 1]);
    const auto end = read_unsigned(source_.memory, source_.layout, raised.arguments[first + 2]);
    const auto unit = start && end && *end == *start + 1 ? unit_at(source_, object, *start)
                                                         : std::optional<std::uint32_t>(0);
    if (!start || !end || !unit) {
        Message message = base(raised);
        message.certain = false;
        return message;
    }
    Message message;
    if (!translate) {
        message.add("'").add(str(raised.arguments[0])).add("' codec ");
    }
    const bool decode = family == TextFamily::unicode_decode_error;
    message.add(translate ? "can't translate character"
                : decode  ? "can't decode byte"
                          : "can't encode character");
    const std::string one = decode ? " 0x" + hex_digits(*unit, 2) : " '" + escape(*unit) + "'";
    message.add(place_of(one, *start, *end)).add(": ");
    return message.add(str(raised.arguments[first + 3]));
}

}  // namespace pycore
