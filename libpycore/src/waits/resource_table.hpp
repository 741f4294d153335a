#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "pycore/wait.hpp"

namespace pycore {

/// The resources found so far, one for each object.
class ResourceTable {
public:
    /// Its index; made when it is new. Without an address and a thread it is always new.
    std::size_t add(ResourceKind kind, Address address, std::optional<std::size_t> thread = {});

    [[nodiscard]] std::optional<std::size_t> find(ResourceKind kind, Address address) const;
    [[nodiscard]] Resource& at(std::size_t index) { return resources_[index]; }
    [[nodiscard]] std::size_t size() const noexcept { return resources_.size(); }
    [[nodiscard]] std::vector<Resource> take() { return std::move(resources_); }

private:
    using Key = std::pair<ResourceKind, std::uint64_t>;

    std::vector<Resource> resources_;
    std::map<Key, std::size_t> by_address_;
};

}  // namespace pycore
