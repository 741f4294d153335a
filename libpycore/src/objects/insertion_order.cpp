#include "objects/insertion_order.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::uint8_t unnamed = 255;

Result<std::vector<std::uint8_t>> read_order_after(const Memory& memory,
                                                   const DictValuesLayout& layout,
                                                   Address values)
{
    PYCORE_TRY(const std::uint8_t capacity,
               read_field(memory, values, layout.capacity, "dict values"));
    PYCORE_TRY(const std::uint8_t size, read_field(memory, values, layout.size, "dict values"));
    const auto at = offset_by(values, layout.items.offset + std::uint64_t{8} * capacity);
    if (!at || size > capacity) {
        return Fault{FaultCode::bad_format, values.value, "dict values"};
    }
    std::vector<std::uint8_t> order(size);
    PYCORE_CHECK(memory.read_bytes(*at, std::as_writable_bytes(std::span(order)), "dict values"));
    return order;
}

// Up to 3.12 the order grows downwards from the values: the size of this part, how many are set,
// their indices.
Result<std::vector<std::uint8_t>> read_order_before(const Memory& memory, Address values)
{
    constexpr std::uint64_t head = 2;
    if (values.value < head + unnamed) {
        return Fault{FaultCode::bad_format, values.value, "dict values"};
    }
    PYCORE_TRY(const std::uint8_t size,
               memory.read<std::uint8_t>(Address{values.value - head}, "dict values"));
    std::vector<std::uint8_t> order(size);
    PYCORE_CHECK(memory.read_bytes(Address{values.value - head - size},
                                   std::as_writable_bytes(std::span(order)), "dict values"));
    std::ranges::reverse(order);
    return order;
}

}  // namespace

std::vector<std::uint8_t> read_insertion_order(const Memory& memory,
                                               const Layout& layout,
                                               Address values)
{
    const auto order = layout.dict_values.capacity.exists()
                           ? read_order_after(memory, layout.dict_values, values)
                           : read_order_before(memory, values);
    return order ? *order : std::vector<std::uint8_t>();
}

void sort_by_insertion(std::vector<DictEntry>& entries,
                       const std::vector<std::uint64_t>& indices,
                       const std::vector<std::uint8_t>& order)
{
    std::array<std::uint8_t, 256> ranks{};
    ranks.fill(unnamed);
    for (std::size_t rank = std::min<std::size_t>(order.size(), unnamed); rank-- > 0;) {
        ranks[order[rank]] = static_cast<std::uint8_t>(rank);
    }
    struct Ranked {
        std::uint8_t rank;
        DictEntry entry;
    };
    std::vector<Ranked> ranked;
    ranked.reserve(entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
        ranked.push_back({indices[at] < ranks.size() ? ranks[indices[at]] : unnamed, entries[at]});
    }
    std::ranges::stable_sort(ranked, {}, &Ranked::rank);
    std::ranges::transform(ranked, entries.begin(), &Ranked::entry);
}

}  // namespace pycore
