// array.array.

#include <algorithm>
#include <array>
#include <cstring>

#include "values/number_repr.hpp"
#include "values/text_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

// arraymodule.c: what follows the header.
struct Array {
    std::int64_t size = 0;
    Address items;
    std::int64_t allocated = 0;
    Address description;
};

/// `arraydescr`
struct Description {
    char code = 0;
    std::array<char, 3> padding{};
    std::int32_t item_size = 0;
};

template <class T>
T take(const std::byte* at)
{
    T value{};
    std::memcpy(&value, at, sizeof(value));
    return value;
}

std::string item_text(char code, const std::byte* at)
{
    switch (code) {
    case 'b': return std::to_string(take<std::int8_t>(at));
    case 'B': return std::to_string(take<std::uint8_t>(at));
    case 'h': return std::to_string(take<std::int16_t>(at));
    case 'H': return std::to_string(take<std::uint16_t>(at));
    case 'i': return std::to_string(take<std::int32_t>(at));
    case 'I': return std::to_string(take<std::uint32_t>(at));
    case 'l':
    case 'q': return std::to_string(take<std::int64_t>(at));
    case 'L':
    case 'Q': return std::to_string(take<std::uint64_t>(at));
    case 'f': return float_repr(static_cast<double>(take<float>(at)));
    case 'd': return float_repr(take<double>(at));
    default: return "?";
    }
}

std::size_t size_of_item(char code)
{
    constexpr std::string_view codes = "bBhHiIlLqQfduw";
    constexpr std::array<std::size_t, 14> sizes{1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8, 4, 4};
    const std::size_t found = codes.find(code);
    return found == std::string_view::npos ? 0 : sizes.at(found);
}

void write_items(ValueWriter& writer, char code, const std::vector<std::byte>& items, bool is_cut)
{
    const std::size_t item_size = size_of_item(code);
    if (code == 'u' || code == 'w') {
        std::u32string text(items.size() / item_size, U'\0');
        std::memcpy(text.data(), items.data(), text.size() * item_size);
        writer.put(text_repr(text, writer.layout().since.minor));
        is_cut ? writer.cut() : void();
        return;
    }
    writer.put("[");
    for (std::size_t at = 0; at < items.size(); at += item_size) {
        writer.put((at == 0 ? "" : ", ") + item_text(code, items.data() + at));
    }
    if (is_cut) {
        writer.put(", ");
        writer.cut();
    }
    writer.put("]");
}

Result<void> write_array(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto array, writer.read_member<Array>(at, 0, "array object"));
    PYCORE_TRY(const auto description,
               writer.memory().read<Description>(array.description, "type of an array"));
    const std::size_t item_size = size_of_item(description.code);
    if (array.size < 0 || item_size == 0 ||
        static_cast<std::int64_t>(item_size) != description.item_size) {
        return Fault{FaultCode::bad_format, at.value, "array object"};
    }
    const bool is_text = description.code == 'u' || description.code == 'w';
    const std::size_t most =
        is_text ? writer.limits().max_value_text : writer.limits().max_value_items;
    const auto count = std::min(static_cast<std::size_t>(array.size), most);
    std::vector<std::byte> items(count * item_size);
    if (count != 0) {
        PYCORE_CHECK(writer.memory().read_bytes(array.items, items, "items of an array"));
    }
    writer.put(writer.short_name(type) + "('" + description.code + '\'');
    if (array.size != 0) {
        writer.put(", ");
        write_items(writer, description.code, items, count < static_cast<std::size_t>(array.size));
    }
    writer.put(")");
    return {};
}

constexpr std::array printings{
    Printing{"array", "array", write_array},
};

}  // namespace

extern const TypeFamily arrays{.types = printings};

}  // namespace pycore::types
