// set, frozenset.

#include <algorithm>
#include <array>

#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

/// Adds the keys among `words` of a table; false when one more would be too many.
bool add_keys(const std::vector<Address>& words, std::size_t most, std::vector<Address>& keys)
{
    constexpr std::uint64_t deleted = ~std::uint64_t{0};  // hash of a place once used
    for (std::size_t word = 0; word + 1 < words.size(); word += 2) {
        if (!words[word] || words[word + 1].value == deleted) {
            continue;
        }
        if (keys.size() == most) {
            return false;
        }
        keys.push_back(words[word]);
    }
    return true;
}

/// The keys in the order of the table, which is the order Python prints them in.
Result<std::vector<Address>> read_keys(ValueWriter& writer, Address at, bool& is_cut)
{
    constexpr std::size_t block = 256;  // of places
    const SetLayout& set = writer.layout().set;
    PYCORE_TRY(const std::int64_t mask, read_field(writer.memory(), at, set.mask, "set object"));
    PYCORE_TRY(const Address table, read_field(writer.memory(), at, set.table, "set object"));
    const std::uint64_t size = static_cast<std::uint64_t>(mask) + 1;
    if (mask < 0 || (size & (size - 1)) != 0) {
        return Fault{FaultCode::bad_format, at.value, "set object"};
    }
    std::vector<Address> keys;
    for (std::uint64_t index = 0; index < size; index += block) {
        const auto wanted = std::min<std::uint64_t>(block, size - index);
        const auto places = std::min(wanted, writer.slots_left());
        const auto first = offset_by(table, index * 16);
        if (places == 0 || !first) {
            is_cut = true;
            return keys;
        }
        PYCORE_TRY(const auto words, writer.read_pointers(*first, 2 * places, "table of a set"));
        writer.take_slots(places);
        is_cut = !add_keys(words, writer.limits().max_value_items, keys) || places < wanted;
        if (is_cut) {
            return keys;
        }
    }
    return keys;
}

Result<void> write_set(ValueWriter& writer, Address at, Address type)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put(writer.short_name(type) + "(...)");
        return {};
    }
    PYCORE_TRY(const std::int64_t used,
               read_field(writer.memory(), at, writer.layout().set.used, "set object"));
    if (used == 0) {
        writer.put(writer.short_name(type) + "()");
        return {};
    }
    bool is_cut = false;
    PYCORE_TRY(const auto keys, read_keys(writer, at, is_cut));
    const bool bare = writer.types().is_exactly(type, "set");
    const std::string name = bare ? "" : writer.short_name(type) + '(';
    writer.write_items(keys, {.open = name + '{', .close = bare ? "}" : "})", .is_cut = is_cut});
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "set", write_set},
    Printing{"builtins", "frozenset", write_set},
};

}  // namespace

extern const TypeFamily sets{.types = printings};

}  // namespace pycore::types
