#include "values/attributes.hpp"

#include <algorithm>

#include "objects/instance.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// Of one class: methods are entries too.
constexpr std::size_t most_class_entries = 4096;

/// `PyMemberDef`: name, type, offset.
struct Member {
    Address name;
    std::int32_t type = 0;
    std::int32_t padding = 0;
    std::int64_t offset = 0;
};

/// `T_OBJECT` and `T_OBJECT_EX`
bool holds_object(const Member& member)
{
    return member.type == 6 || member.type == 16;
}

/// Where an instance keeps the slot that `at`, an entry of the dict of `owner`, describes; 0 when
/// it is no such descriptor. A class keeps the definitions of its slots within itself, and nothing
/// but their descriptors points there.
std::uint64_t find_slot(const Memory& memory, const Layout& layout, Address owner, Address at)
{
    constexpr std::uint64_t largest_class = 1 << 16;
    constexpr std::int64_t largest_offset = 1 << 16;
    const auto described = read_field(memory, at, layout.descriptor.type, "descriptor");
    if (!described || *described != owner) {
        return 0;
    }
    const auto definition = read_field(memory, at, layout.member_descriptor.member, "descriptor");
    if (!definition || *definition <= owner || definition->value - owner.value > largest_class) {
        return 0;
    }
    const auto member = memory.read<Member>(*definition, "slot");
    const bool is_sound = member && holds_object(*member) && member->offset > 0 &&
                          member->offset < largest_offset && member->offset % 8 == 0;
    return is_sound ? static_cast<std::uint64_t>(member->offset) : 0;
}

std::uint64_t add_slots(const Memory& memory,
                        const Layout& layout,
                        Address owner,
                        const Limits& limits,
                        std::vector<SlotPlace>& slots)
{
    const auto dict = read_field(memory, owner, layout.type.dict, "type object");
    const auto entries = walk_dict(memory, layout, dict.value_or(Address{}), limits);
    for (const DictEntry& entry : entries.items) {
        if (const std::uint64_t offset = find_slot(memory, layout, owner, entry.value)) {
            slots.push_back({.name = entry.key, .offset = offset});
        }
    }
    return entries.visited;
}

}  // namespace

Walk<SlotPlace> find_slots(const Memory& memory,
                           const Layout& layout,
                           const KnownTypes& types,
                           Address type,
                           const Limits& limits)
{
    Limits class_limits = limits;
    class_limits.max_dict_entries = most_class_entries;
    Walk<SlotPlace> slots;
    for (const Address owner : types.read_mro(type)) {
        if (types.is_heap_type(owner)) {
            slots.visited += add_slots(memory, layout, owner, class_limits, slots.items);
        }
    }
    return slots;
}

Walk<DictEntry> walk_own_attributes(const Memory& memory,
                                    const Layout& layout,
                                    std::span<const SlotPlace> slots,
                                    Address at,
                                    const Limits& limits)
{
    Walk<DictEntry> walk = walk_attributes(memory, layout, at, limits);
    std::vector<DictEntry> in_slots;
    for (const SlotPlace& slot : slots) {
        const auto place = offset_by(at, slot.offset);
        const auto value = place ? memory.read<Address>(*place, "slot") : Address{};
        if (value && *value) {
            in_slots.push_back({slot.name, *value});
        }
    }
    walk.items.insert(walk.items.begin(), in_slots.begin(), in_slots.end());
    return walk;
}

Walk<DictEntry> walk_own_attributes(const Memory& memory,
                                    const Layout& layout,
                                    const KnownTypes& types,
                                    Address at,
                                    const Limits& limits)
{
    const auto type = read_type(memory, layout, at);
    const auto slots = find_slots(memory, layout, types, type.value_or(Address{}), limits);
    Walk<DictEntry> walk = walk_own_attributes(memory, layout, slots.items, at, limits);
    walk.visited += slots.visited;
    return walk;
}

}  // namespace pycore
