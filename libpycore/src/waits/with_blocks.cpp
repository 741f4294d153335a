#include "waits/with_blocks.hpp"

#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_classes = 1 << 14;

}  // namespace

WithBlocks::Exits WithBlocks::read_exits(Address type)
{
    KnownTypes& types = objects_.types();
    Exits exits{.function = types.find_in_classes(type, "__exit__").value,
                .asynchronous = types.find_in_classes(type, "__aexit__").value,
                .definition = {}};
    // Every descriptor has its definition in the place where that of a member is. What a function
    // written in Python has there is nothing that a bound method points to.
    if (is_aligned(exits.function)) {
        exits.definition = read_field(objects_.memory(), exits.function,
                                      objects_.layout().member_descriptor.member, "descriptor")
                               .value_or(Address{});
    }
    return exits;
}

WithBlocks::Exits WithBlocks::exits_of(Address manager)
{
    const auto type = is_aligned(manager) ? read_type(objects_.memory(), objects_.layout(), manager)
                                          : Result<Address>(Address{});
    if (!type || !is_aligned(*type)) {
        return {};
    }
    if (const auto known = exits_.find(*type); known != exits_.end()) {
        return known->second;
    }
    if (exits_.size() >= most_classes || !objects_.types().is_type(*type)) {
        return {};
    }
    return exits_.emplace(*type, read_exits(*type)).first->second;
}

// Methods of both kinds have the same two members in the same places.
Address WithBlocks::self_of(Address bound) const
{
    return is_aligned(bound)
               ? read_field(objects_.memory(), bound, objects_.layout().method.self, "bound method")
                     .value_or(Address{})
               : Address{};
}

Address WithBlocks::manager_of(Address bound)
{
    const Address manager = self_of(bound);
    const auto function = manager ? read_field(objects_.memory(), bound,
                                               objects_.layout().method.function, "bound method")
                                  : Result<Address>(Address{});
    if (!function || !*function) {
        return {};
    }
    const Exits exits = exits_of(manager);
    const bool leaves = *function == exits.function || *function == exits.asynchronous ||
                        *function == exits.definition;
    return leaves ? manager : Address{};
}

// Up to 3.13 one slot each: the bound method. From 3.14 on two, the function and the manager, or a
// bound method and null.
std::vector<EnteredManager> WithBlocks::find(const FrameStack& stack)
{
    std::vector<EnteredManager> found;
    for (std::size_t i = 0; i < stack.slots.size(); ++i) {
        const Address slot = stack.slots[i];
        const bool has_next = i + 1 < stack.slots.size();
        const Address next = has_next ? stack.slots[i + 1] : Address{};
        const auto depth = static_cast<std::int64_t>(i) + 1;
        if (!slot) {
            continue;
        }
        const Exits exits = exits_of(next);
        if (next && (slot == exits.function || slot == exits.asynchronous)) {
            found.push_back({.manager = next, .depth = depth + 1});
            ++i;
        } else if (const Address manager = manager_of(slot)) {
            found.push_back({.manager = manager, .depth = has_next && !next ? depth + 1 : depth});
        }
    }
    return found;
}

}  // namespace pycore
