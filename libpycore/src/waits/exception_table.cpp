// Objects/exception_handling_notes.txt: numbers of 6 bits a byte, the highest first.

#include "waits/exception_table.hpp"

#include <algorithm>
#include <optional>

namespace pycore {
namespace {

class NumberReader {
public:
    explicit NumberReader(std::span<const std::byte> table) : table_(table) {}

    [[nodiscard]] bool at_end() const { return next_ == table_.size(); }

    std::optional<std::int64_t> read()
    {
        constexpr std::int64_t most = std::int64_t{1} << 40;
        constexpr unsigned goes_on = 0x40;
        constexpr unsigned bits = 0x3F;
        std::int64_t value = 0;
        while (next_ < table_.size() && value < most) {
            const auto byte = std::to_integer<unsigned>(table_[next_++]);
            value = value << 6 | static_cast<std::int64_t>(byte & bits);
            if ((byte & goes_on) == 0) {
                return value;
            }
        }
        return std::nullopt;
    }

private:
    std::span<const std::byte> table_;
    std::size_t next_ = 0;
};

}  // namespace

std::vector<ExceptionRange> read_exception_ranges(std::span<const std::byte> table)
{
    std::vector<ExceptionRange> ranges;
    NumberReader numbers(table);
    while (!numbers.at_end()) {
        const auto start = numbers.read();
        const auto length = numbers.read();
        const auto target = numbers.read();
        const auto depth = numbers.read();  // with a flag in the lowest bit
        if (!start || !length || !target || !depth) {
            break;
        }
        ranges.push_back(
            {.start = *start, .end = *start + *length, .target = *target, .depth = *depth >> 1});
    }
    return ranges;
}

const ExceptionRange* find_range(std::span<const ExceptionRange> ranges, std::int64_t unit)
{
    // CPython writes them sorted; where they are not, this finds less.
    const auto after =
        std::ranges::upper_bound(ranges, unit, std::ranges::less{}, &ExceptionRange::start);
    if (after == ranges.begin()) {
        return nullptr;
    }
    const ExceptionRange& range = *std::prev(after);
    return unit < range.end ? &range : nullptr;
}

std::int64_t find_covered_unit(std::span<const ExceptionRange> ranges,
                               std::int64_t unit,
                               OpcodeRole role)
{
    // A jump with its cache and NOT_TAKEN, then a jump back. The call that leaves a `with` comes
    // later than these, behind its three arguments.
    constexpr std::int64_t of_jump = 3;
    constexpr std::int64_t of_both = 6;
    if (role == OpcodeRole::call || find_range(ranges, unit) != nullptr) {
        return unit;
    }
    const auto after =
        std::ranges::upper_bound(ranges, unit, std::ranges::less{}, &ExceptionRange::start);
    if (after == ranges.begin()) {
        return unit;
    }
    const std::int64_t end = std::prev(after)->end;
    const bool jumps_back = role == OpcodeRole::jump_backward;
    return unit - end < (jumps_back ? of_both : of_jump) ? end - 1 : unit;
}

std::int64_t find_block_start(std::span<const ExceptionRange> ranges,
                              std::int64_t unit,
                              std::int64_t depth)
{
    // From handler to handler outwards. Each is in the ranges of those outside of it; one that a
    // `try` inside of the block has is as deep as the block's own, which comes after it.
    constexpr int most_steps = 200;
    const ExceptionRange* block = nullptr;
    const ExceptionRange* range = find_range(ranges, unit);
    for (int i = 0; i < most_steps && range != nullptr && range->depth >= depth; ++i) {
        block = range->depth == depth ? range : block;
        range = find_range(ranges, range->target);
    }
    if (block == nullptr) {
        return -1;
    }
    // Blocks within it, and its own `return`s, cut it into several.
    const auto first = std::ranges::find_if(ranges, [&](const ExceptionRange& other) {
        return other.target == block->target && other.depth == depth;
    });
    return first->start;
}

}  // namespace pycore
