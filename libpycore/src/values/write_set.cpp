#include <algorithm>

#include "base/try.hpp"
#include "python/record.hpp"
#include "values/value_writer.hpp"

namespace pycore {

/// The keys in the order of the table, which is the order Python prints them in.
Result<std::vector<Address>> ValueWriter::read_set_entries(Address at, bool& is_cut)
{
    constexpr std::uint64_t deleted = ~std::uint64_t{0};  // hash of a place once used
    constexpr std::size_t block = 256;                    // of places
    PYCORE_TRY(const std::int64_t mask, read_field(memory_, at, layout_.set.mask, "set object"));
    PYCORE_TRY(const Address table, read_field(memory_, at, layout_.set.table, "set object"));
    const std::uint64_t size = static_cast<std::uint64_t>(mask) + 1;
    if (mask < 0 || (size & (size - 1)) != 0) {
        return Fault{FaultCode::bad_format, at.value, "set object"};
    }
    std::vector<Address> keys;
    for (std::uint64_t index = 0; index < size; index += block) {
        const auto places = std::min<std::uint64_t>({block, size - index, slots_left_});
        const auto first = offset_by(table, index * 16);
        if (places == 0 || !first) {
            is_cut = true;
            return keys;
        }
        PYCORE_TRY(const auto words, read_pointers(*first, 2 * places, "table of a set"));
        take_slots(places);
        for (std::size_t word = 0; word < words.size(); word += 2) {
            if (!words[word] || words[word + 1].value == deleted) {
                continue;
            }
            if (keys.size() == limits_.max_value_items) {
                is_cut = true;
                return keys;
            }
            keys.push_back(words[word]);
        }
        is_cut = places < std::min<std::uint64_t>(block, size - index);
    }
    return keys;
}

Result<void> ValueWriter::write_set(Address at, Address type)
{
    PYCORE_TRY(const std::int64_t used, read_field(memory_, at, layout_.set.used, "set object"));
    if (used == 0) {
        out_ += short_name(type) + "()";
        return {};
    }
    bool is_cut = false;
    PYCORE_TRY(const auto keys, read_set_entries(at, is_cut));
    const bool bare = types_.is_exactly(type, "set");
    const std::string name = bare ? "" : short_name(type) + '(';
    write_items(keys, {.open = name + '{', .close = bare ? "}" : "})", .is_cut = is_cut});
    return {};
}

}  // namespace pycore
