#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The first items of a `collections.deque`.
struct DequeItems {
    std::vector<Address> items;
    std::uint64_t size = 0;      ///< of the object
    std::int64_t longest = -1;   ///< `maxlen`, or negative
    std::optional<Fault> fault;  ///< why there are fewer than asked for
};

/// At most `most` items of the deque at `at`. `bad_format` when it cannot be one.
Result<DequeItems> read_deque(const Memory& memory,
                              const Layout& layout,
                              Address at,
                              std::uint64_t most);

}  // namespace pycore
