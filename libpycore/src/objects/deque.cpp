// `dequeobject` and `block` of Modules/_collectionsmodule.c, the same in all versions.

#include "objects/deque.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr std::size_t block_items = 64;

struct Block {
    Address left;
    std::array<Address, block_items> items;
    Address right;
};

/// What follows the header.
struct Deque {
    std::int64_t size = 0;
    Address first;
    Address last;
    std::int64_t first_index = 0;
    std::int64_t last_index = 0;
    std::uint64_t state = 0;
    std::int64_t longest = -1;
};

/// They go on from block to block.
void read_items(const Memory& memory, const Deque& deque, std::uint64_t count, DequeItems& to)
{
    Address at = deque.first;
    auto index = static_cast<std::size_t>(deque.first_index);
    while (to.items.size() < count) {
        const auto block = memory.read<Block>(at, "block of a deque");
        if (!block) {
            to.fault = block.fault();
            return;
        }
        const auto some = std::min<std::uint64_t>(block_items - index, count - to.items.size());
        const auto part = std::span(block->items).subspan(index, some);
        to.items.insert(to.items.end(), part.begin(), part.end());
        index = 0;
        at = block->right;
    }
}

}  // namespace

Result<DequeItems> read_deque(const Memory& memory,
                              const Layout& layout,
                              Address at,
                              std::uint64_t most)
{
    const auto start = offset_by(at, layout.object.size);
    PYCORE_TRY(const auto deque, memory.read<Deque>(start.value_or(Address{}), "deque object"));
    if (deque.size < 0 || deque.first_index < 0 ||
        deque.first_index >= static_cast<std::int64_t>(block_items)) {
        return Fault{FaultCode::bad_format, at.value, "deque object"};
    }
    DequeItems result{.size = static_cast<std::uint64_t>(deque.size), .longest = deque.longest};
    read_items(memory, deque, std::min(result.size, most), result);
    return result;
}

}  // namespace pycore
