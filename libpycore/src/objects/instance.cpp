#include "objects/instance.hpp"

#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// Where an instance keeps its attributes; both null when it has none.
struct Attributes {
    Address dict;
    Address values;  ///< with the keys of the type
};

Result<Address> read_before(const Memory& memory, Address at, std::uint64_t bytes)
{
    if (at.value < bytes) {
        return Fault{FaultCode::bad_format, at.value, "instance"};
    }
    return memory.read<Address>(Address{at.value - bytes}, "instance dict");
}

Result<Attributes> find_dict_and_values(const Memory& memory,
                                        const InstanceLayout& instance,
                                        Address at)
{
    PYCORE_TRY(const Address dict, read_before(memory, at, instance.dict_word_before));
    PYCORE_TRY(const Address values, read_before(memory, at, instance.values_word_before));
    return Attributes{.dict = dict, .values = dict ? Address{} : values};
}

Result<Attributes> find_tagged(const Memory& memory, const InstanceLayout& instance, Address at)
{
    PYCORE_TRY(const Address word, read_before(memory, at, instance.dict_word_before));
    // Bit 0 marks values; the word then lies one byte before them.
    if ((word.value & 1) != 0) {
        return Attributes{.dict = {}, .values = Address{word.value + 1}};
    }
    return Attributes{.dict = word, .values = {}};
}

Result<Attributes> find_dict_or_inline(
    const Memory& memory, const Layout& layout, Address type, std::uint64_t flags, Address at)
{
    PYCORE_TRY(const Address dict, read_before(memory, at, layout.instance.dict_word_before));
    if (dict || (flags & layout.instance.inline_values_flag) == 0) {
        return Attributes{.dict = dict, .values = {}};
    }
    PYCORE_TRY(const std::int64_t size,
               read_field(memory, type, layout.type.basic_size, "type object"));
    const auto values = offset_by(at, static_cast<std::uint64_t>(size));
    if (size < 0 || !values) {
        return Fault{FaultCode::bad_format, type.value, "type object"};
    }
    PYCORE_TRY(const std::uint8_t valid,
               read_field(memory, *values, layout.dict_values.valid, "inline values"));
    return Attributes{.dict = {}, .values = valid == 1 ? *values : Address{}};
}

/// How many items an object of variable size has: of an int its digits.
Result<std::uint64_t> count_items(const Memory& memory,
                                  const Layout& layout,
                                  std::uint64_t flags,
                                  Address at)
{
    constexpr unsigned tag_bits = 3;
    if ((flags & type_flag::integer) != 0 && layout.integer.tag.exists()) {
        PYCORE_TRY(const std::uint64_t tag,
                   read_field(memory, at, layout.integer.tag, "int object"));
        return tag >> tag_bits;
    }
    PYCORE_TRY(const std::int64_t size, read_field(memory, at, layout.object.var_size, "instance"));
    const auto bits = static_cast<std::uint64_t>(size);
    return size < 0 ? ~bits + 1 : bits;
}

/// A negative offset counts from the end of an object of variable size.
Result<std::uint64_t> dict_offset_from_end(
    const Memory& memory, const Layout& layout, Address type, std::int64_t offset, Address at)
{
    constexpr std::uint64_t alignment = 8;
    constexpr std::uint64_t most_items = std::uint64_t{1} << 40;
    constexpr std::int64_t largest = 1 << 16;  // of one item, and without any
    PYCORE_TRY(const std::uint64_t flags,
               read_field(memory, type, layout.type.flags, "type object"));
    PYCORE_TRY(const std::uint64_t count, count_items(memory, layout, flags, at));
    PYCORE_TRY(const std::int64_t base,
               read_field(memory, type, layout.type.basic_size, "type object"));
    PYCORE_TRY(const std::int64_t item,
               read_field(memory, type, layout.type.item_size, "type object"));
    if (count > most_items || base < 0 || base > largest || item < 0 || item > largest ||
        offset < -largest) {
        return Fault{FaultCode::bad_format, at.value, "instance dict"};
    }
    const std::uint64_t size =
        static_cast<std::uint64_t>(base) + count * static_cast<std::uint64_t>(item);
    const std::uint64_t end = (size + alignment - 1) / alignment * alignment;
    const auto back = static_cast<std::uint64_t>(-offset);
    if (back > end) {
        return Fault{FaultCode::bad_format, at.value, "instance dict"};
    }
    return end - back;
}

Result<Attributes> find_by_offset(const Memory& memory,
                                  const Layout& layout,
                                  Address type,
                                  Address at)
{
    PYCORE_TRY(const std::int64_t offset,
               read_field(memory, type, layout.type.dict_offset, "type object"));
    constexpr std::int64_t max_offset = 1 << 20;
    if (offset == 0 || offset > max_offset) {
        return Attributes{};
    }
    std::uint64_t from_start = static_cast<std::uint64_t>(offset);
    if (offset < 0) {
        PYCORE_TRY(from_start, dict_offset_from_end(memory, layout, type, offset, at));
    }
    const auto place = offset_by(at, from_start);
    if (!place) {
        return Fault{FaultCode::bad_format, at.value, "instance dict"};
    }
    PYCORE_TRY(const Address dict, memory.read<Address>(*place, "instance dict"));
    return Attributes{.dict = dict, .values = {}};
}

Result<Attributes> find_attributes(const Memory& memory,
                                   const Layout& layout,
                                   Address type,
                                   Address at)
{
    PYCORE_TRY(const std::uint64_t flags,
               read_field(memory, type, layout.type.flags, "type object"));
    if ((flags & layout.instance.managed_dict_flag) == 0) {
        return find_by_offset(memory, layout, type, at);
    }
    switch (layout.instance.managed_dict) {
    case ManagedDict::dict_and_values: return find_dict_and_values(memory, layout.instance, at);
    case ManagedDict::tagged_word: return find_tagged(memory, layout.instance, at);
    case ManagedDict::dict_or_inline: return find_dict_or_inline(memory, layout, type, flags, at);
    }
    return Fault{FaultCode::unsupported, at.value, "instance dict"};
}

}  // namespace

Walk<DictEntry> walk_attributes(const Memory& memory,
                                const Layout& layout,
                                Address at,
                                const Limits& limits)
{
    const auto type = read_type(memory, layout, at);
    if (!type) {
        return failed_walk<DictEntry>(type.fault());
    }
    const auto found = find_attributes(memory, layout, *type, at);
    if (!found) {
        return failed_walk<DictEntry>(found.fault());
    }
    if (found->dict) {
        return walk_dict(memory, layout, found->dict, limits);
    }
    if (!found->values) {
        return {};
    }
    const auto keys = read_field(memory, *type, layout.type.heap_cached_keys, "type object");
    return keys ? walk_split(memory, layout, *keys, found->values, limits)
                : failed_walk<DictEntry>(keys.fault());
}

Result<Address> find_attribute(const Memory& memory,
                               const Layout& layout,
                               Address at,
                               std::string_view name,
                               const Limits& limits)
{
    const auto entries = walk_attributes(memory, layout, at, limits);
    const Address value = find_entry(memory, layout, entries, name);
    if (!value && entries.fault) {
        return *entries.fault;
    }
    return value;
}

}  // namespace pycore
