// deque, and the classes of `collections` that are written in Python.

#include <algorithm>
#include <array>
#include <span>

#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

constexpr std::size_t block_items = 64;

/// `block` of _collectionsmodule.c
struct Block {
    Address left;
    std::array<Address, block_items> items;
    Address right;
};

// What follows the header: size, first block, last block, index in the first, index in the last,
// state, longest.
struct Deque {
    std::int64_t size = 0;
    Address first;
    Address last;
    std::int64_t first_index = 0;
    std::int64_t last_index = 0;
    std::uint64_t state = 0;
    std::int64_t longest = -1;
};

/// The first `count` items. They go on from block to block.
Result<std::vector<Address>> read_items(const ValueWriter& writer,
                                        const Deque& deque,
                                        std::size_t count)
{
    std::vector<Address> items;
    Address at = deque.first;
    auto index = static_cast<std::size_t>(deque.first_index);
    while (items.size() < count) {
        PYCORE_TRY(const auto block, writer.memory().read<Block>(at, "block of a deque"));
        const std::size_t some = std::min(block_items - index, count - items.size());
        const auto part = std::span(block.items).subspan(index, some);
        items.insert(items.end(), part.begin(), part.end());
        index = 0;
        at = block.right;
    }
    return items;
}

Result<void> write_deque(ValueWriter& writer, Address at, Address type)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("[...]");
        return {};
    }
    PYCORE_TRY(const auto deque, writer.read_member<Deque>(at, 0, "deque object"));
    if (deque.size < 0 || deque.first_index < 0 ||
        deque.first_index >= static_cast<std::int64_t>(block_items)) {
        return Fault{FaultCode::bad_format, at.value, "deque object"};
    }
    const auto size = static_cast<std::size_t>(deque.size);
    const std::size_t count = std::min(size, writer.limits().max_value_items);
    PYCORE_TRY(const auto items, read_items(writer, deque, count));
    const std::string most =
        deque.longest >= 0 ? ", maxlen=" + std::to_string(deque.longest) : std::string();
    writer.write_items(items, {.open = writer.short_name(type) + "([",
                               .close = ']' + most + ')',
                               .is_cut = count < size});
    return {};
}

/// `UserDict`, `UserList`: what they keep it in
Result<void> write_data(ValueWriter& writer, Address at, Address type)
{
    const Address data = writer.find_attribute(at, "data");
    data ? writer.write(data) : writer.write_plain_object(at, type);
    return {};
}

constexpr std::array printings{
    Printing{"collections", "deque", write_deque},
};

constexpr std::array functions{
    Printing{"collections", "UserDict.__repr__", write_data, true},
    Printing{"collections", "UserList.__repr__", write_data, true},
    Printing{"collections", "UserString.__repr__", write_data, true},
};

}  // namespace

extern const TypeFamily collections{.types = printings, .functions = functions};

}  // namespace pycore::types
