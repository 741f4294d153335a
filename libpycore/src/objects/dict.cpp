#include "objects/dict.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/try.hpp"
#include "objects/insertion_order.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::uint8_t kind_general = 0;
constexpr std::uint8_t kind_split = 2;
// `dk_log2_index_bytes` of a dict of 2**40 entries; more is no dict.
constexpr unsigned max_log2_index_bytes = 43;

/// Where the entries of a keys object are.
struct Entries {
    Address first;
    std::uint64_t count = 0;
    std::uint32_t words = 2;     ///< 64-bit words an entry
    std::uint32_t key_word = 0;  ///< which of them is the key; the value follows
};

Result<Entries> find_entries(const Memory& memory, const DictKeysLayout& keys, Address at)
{
    PYCORE_TRY(const Record record, Record::read(memory, at, keys.size, "dict keys"));
    PYCORE_TRY(const std::uint8_t log2_bytes, record.get(keys.log2_index_bytes));
    PYCORE_TRY(const std::uint8_t kind, record.get(keys.kind));
    PYCORE_TRY(const std::int64_t count, record.get(keys.entries));
    if (log2_bytes > max_log2_index_bytes || kind > kind_split || count < 0) {
        return Fault{FaultCode::bad_format, at.value, "dict keys"};
    }
    const auto first = offset_by(at, keys.size + (std::uint64_t{1} << log2_bytes));
    if (!first) {
        return Fault{FaultCode::bad_format, at.value, "dict keys"};
    }
    const bool general = kind == kind_general;
    return Entries{.first = *first,
                   .count = static_cast<std::uint64_t>(count),
                   .words = general ? 3U : 2U,
                   .key_word = general ? 1U : 0U};
}

/// Calls `take(index, key, value word)` for every slot, reading a block of them at a time.
template <class Take>
void visit_slots(const Memory& memory,
                 const Entries& entries,
                 const Limits& limits,
                 Walk<DictEntry>& walk,
                 Take take)
{
    constexpr std::size_t block_words = 192;  // divides by 2 and by 3
    const std::uint64_t count = std::min<std::uint64_t>(entries.count, limits.max_dict_entries);
    const std::uint64_t block = block_words / entries.words;
    walk.visited = 1;  // the dict itself
    std::array<std::uint64_t, block_words> words{};
    for (std::uint64_t index = 0; index < count; index += block) {
        const std::uint64_t slots = std::min(block, count - index);
        const auto at = offset_by(entries.first, index * entries.words * 8);
        const auto part = std::span(words).first(slots * entries.words);
        const auto done =
            at ? memory.read_bytes(*at, std::as_writable_bytes(part), "dict entry")
               : Result<void>(Fault{FaultCode::bad_format, entries.first.value, "dict entry"});
        if (!done) {
            walk.stop = Stop::fault;
            walk.fault = done.fault();
            return;
        }
        walk.visited += slots;
        for (std::uint64_t slot = 0; slot < slots; ++slot) {
            const std::uint64_t word = slot * entries.words + entries.key_word;
            take(index + slot, Address{words[word]}, Address{words[word + 1]});
        }
    }
    if (count < entries.count) {
        walk.stop = Stop::limit;
    }
}

}  // namespace

Walk<DictEntry> walk_split(
    const Memory& memory, const Layout& layout, Address keys, Address values, const Limits& limits)
{
    auto entries = find_entries(memory, layout.dict_keys, keys);
    if (!entries) {
        return failed_walk<DictEntry>(entries.fault());
    }
    // The order of insertion has a byte for an index: more can only be broken, and would cost much.
    constexpr std::uint64_t most_slots = 255;
    if (entries->count > most_slots) {
        return failed_walk<DictEntry>(Fault{FaultCode::bad_format, keys.value, "dict keys"});
    }
    Walk<DictEntry> walk;
    std::vector<std::uint64_t> indices;
    visit_slots(memory, *entries, limits, walk, [&](std::uint64_t index, Address key, Address) {
        const auto slot = offset_by(values, layout.dict_values.items.offset + index * 8);
        const auto value = slot ? memory.read<Address>(*slot, "dict value") : Address{};
        if (value && *value) {
            walk.items.push_back({key, *value});
            indices.push_back(index);
        }
    });
    sort_by_insertion(walk.items, indices, read_insertion_order(memory, layout, values));
    return walk;
}

Walk<DictEntry> walk_dict(const Memory& memory,
                          const Layout& layout,
                          Address at,
                          const Limits& limits)
{
    if (const auto is_dict = expect_type(memory, layout, at, type_flag::dict, "dict object");
        !is_dict) {
        return failed_walk<DictEntry>(is_dict.fault());
    }
    const auto record = Record::read(memory, at, layout.dict.size, "dict object");
    if (!record) {
        return failed_walk<DictEntry>(record.fault());
    }
    const Address keys = record->get(layout.dict.keys).value_or(Address{});
    const Address values = record->get(layout.dict.values).value_or(Address{});
    if (values) {
        return walk_split(memory, layout, keys, values, limits);
    }
    const auto entries = find_entries(memory, layout.dict_keys, keys);
    if (!entries) {
        return failed_walk<DictEntry>(entries.fault());
    }
    Walk<DictEntry> walk;
    visit_slots(memory, *entries, limits, walk, [&](std::uint64_t, Address key, Address value) {
        if (key && value) {
            walk.items.push_back({key, value});
        }
    });
    return walk;
}

Address find_entry(const Memory& memory,
                   const Layout& layout,
                   const Walk<DictEntry>& entries,
                   std::string_view name)
{
    for (const DictEntry& entry : entries.items) {
        if (text_equals(memory, layout, entry.key, name)) {
            return entry.value;
        }
    }
    return Address{};
}

Result<Address> find_in_dict(const Memory& memory,
                             const Layout& layout,
                             Address dict,
                             std::string_view name,
                             const Limits& limits)
{
    const auto entries = walk_dict(memory, layout, dict, limits);
    const Address value = find_entry(memory, layout, entries, name);
    if (!value && entries.fault) {
        return *entries.fault;
    }
    return value;
}

}  // namespace pycore
