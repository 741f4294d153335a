// `dequeobject` and `block` of Modules/_collectionsmodule.c.

#include "waits/deque_items.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

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
};

}  // namespace

std::vector<Address> read_deque(const Memory& memory,
                                const Layout& layout,
                                Address at,
                                std::size_t most)
{
    std::vector<Address> items;
    const auto start = offset_by(at, layout.object.size);
    const auto deque = memory.read<Deque>(start.value_or(Address{}), "deque object");
    const bool is_sound = deque && deque->size >= 0 && deque->first_index >= 0 &&
                          deque->first_index < static_cast<std::int64_t>(block_items);
    if (!is_sound) {
        return items;
    }
    const std::size_t count =
        std::min<std::uint64_t>(static_cast<std::uint64_t>(deque->size), most);
    auto index = static_cast<std::size_t>(deque->first_index);
    Address next = deque->first;
    while (items.size() < count) {
        const auto block = memory.read<Block>(next, "block of a deque");
        if (!block) {
            break;
        }
        const std::size_t some = std::min(block_items - index, count - items.size());
        const auto part = std::span(block->items).subspan(index, some);
        items.insert(items.end(), part.begin(), part.end());
        index = 0;
        next = block->right;
    }
    return items;
}

}  // namespace pycore
