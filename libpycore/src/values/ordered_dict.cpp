#include "values/ordered_dict.hpp"

#include <algorithm>
#include <map>

#include "base/cycle_guard.hpp"
#include "objects/object.hpp"

namespace pycore {
namespace {

/// `_ODictNode`
struct Node {
    Address key;
    std::uint64_t hash = 0;
    Address next;
    Address previous;
};

bool is_ordered(ValueWriter& writer, Address dict)
{
    const auto type = read_type(writer.memory(), writer.layout(), dict);
    const Printing* printing = type ? writer.types().printing_of(*type) : nullptr;
    return printing != nullptr && printing->name == "OrderedDict";
}

// odictobject.c: the first node and the last follow the dict.
Address first_node(const ValueWriter& writer, Address dict)
{
    const Field<Address> first{writer.layout().dict.size};
    return read_field(writer.memory(), dict, first, "OrderedDict object").value_or(Address{});
}

std::vector<Address> read_order(ValueWriter& writer, Address dict)
{
    constexpr std::size_t remembered = 1024;
    CycleGuard guard(remembered);
    std::vector<Address> keys;
    Address at = first_node(writer, dict);
    while (at && guard.first_visit(at) && writer.slots_left() != 0) {
        const auto node = writer.memory().read<Node>(at, "OrderedDict node");
        if (!node) {
            break;
        }
        keys.push_back(node->key);
        writer.take_slots(1);
        at = node->next;
    }
    return keys;
}

}  // namespace

Walk<DictEntry> read_entries_in_order(ValueWriter& writer, Address dict)
{
    if (!is_ordered(writer, dict)) {
        return writer.read_entries(dict);
    }
    Limits limits = writer.limits();
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, writer.slots_left());
    auto entries = walk_dict(writer.memory(), writer.layout(), dict, limits);
    writer.take_slots(entries.visited);
    std::map<Address, std::size_t> positions;
    for (const Address key : read_order(writer, dict)) {
        positions.try_emplace(key, positions.size());
    }
    // What no node names goes last, as it was.
    std::ranges::stable_sort(entries.items, {}, [&](const DictEntry& entry) {
        const auto found = positions.find(entry.key);
        return found == positions.end() ? positions.size() : found->second;
    });
    return entries;
}

}  // namespace pycore
