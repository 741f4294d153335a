#include "waits/resource_table.hpp"

namespace pycore {
namespace {

/// A thread that is joined has an object or none: its index stands for it.
std::optional<std::uint64_t> identity_of(Address address, std::optional<std::size_t> thread)
{
    if (thread) {
        return *thread;
    }
    return address ? std::optional(address.value) : std::nullopt;
}

}  // namespace

std::size_t ResourceTable::add(ResourceKind kind,
                               Address address,
                               std::optional<std::size_t> thread)
{
    const auto identity = identity_of(address, thread);
    if (identity) {
        const auto known = by_address_.find(Key{kind, *identity});
        if (known != by_address_.end()) {
            return known->second;
        }
        by_address_.emplace(Key{kind, *identity}, resources_.size());
    }
    resources_.push_back(Resource{.kind = kind, .address = address, .thread = thread});
    return resources_.size() - 1;
}

std::optional<std::size_t> ResourceTable::find(ResourceKind kind, Address address) const
{
    const auto known = by_address_.find(Key{kind, address.value});
    return known == by_address_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace pycore
