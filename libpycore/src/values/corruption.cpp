#include "objects/object.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {
namespace {

/// CPython aligns objects to this at least.
bool is_aligned(Address at)
{
    return at && at.value % 8 == 0;
}

/// What CPython's and other debugging allocators write over memory.
std::optional<std::string_view> find_pattern(Address word)
{
    switch (word.value) {
    case 0xDDDD'DDDD'DDDD'DDDD: return "freed memory";
    case 0xCDCD'CDCD'CDCD'CDCD: return "uninitialised memory";
    case 0xFDFD'FDFD'FDFD'FDFD: return "memory outside of an object";
    default: return std::nullopt;
    }
}

/// From 3.12 on: bit 31 of the count, and no more than flags in the topmost bits of its word.
bool is_immortal(Address word)
{
    return (word.value & 0xFFFF'8000'0000) == 0x8000'0000;
}

}  // namespace

/// A type's type is `type` or derives from it, and so do all that follow; `type` is its own.
bool KnownTypes::is_type(Address at) const
{
    constexpr int most_metatypes = 8;
    for (int step = 0; step < most_metatypes && is_aligned(at); ++step) {
        const auto metatype = read_type(memory_, layout_, at);
        const auto flags = metatype && is_aligned(*metatype)
                               ? read_field(memory_, *metatype, layout_.type.flags, "type object")
                               : Result<std::uint64_t>(0);
        if (!flags || (*flags & type_flag::type) == 0) {
            return false;
        }
        if (*metatype == at) {
            return true;
        }
        at = *metatype;
    }
    return false;
}

/// A freed object keeps its type for a while. Where its reference count was is then 0, or the
/// address of the next free block.
bool KnownTypes::is_freed(Address at) const
{
    constexpr std::uint32_t count_size = 8;
    constexpr std::uint64_t largest_count = 1 << 16;
    const std::uint32_t type = layout_.object.type.offset;
    const auto word = layout_.object.type.exists() && type >= count_size
                          ? read_field(memory_, at, Field<Address>{type - count_size}, "object")
                          : Result(Address{});
    if (!word || !*word) {
        return true;
    }
    return word->value > largest_count && is_aligned(*word) && !is_immortal(*word) &&
           memory_.read<std::uint8_t>(*word, "free block").has_value();
}

std::optional<std::string_view> KnownTypes::find_corruption(Address at) const
{
    if (!at) {
        return "null pointer";
    }
    if (const auto pattern = find_pattern(at)) {
        return pattern;
    }
    if (!is_aligned(at)) {
        return "misaligned pointer";
    }
    const auto type = read_type(memory_, layout_, at);
    if (!type) {
        return type.fault().code == FaultCode::unmapped ? "not mapped" : "not saved";
    }
    if (const auto pattern = find_pattern(*type)) {
        return pattern;
    }
    if (!is_type(*type)) {
        return "its type is no type";
    }
    return is_freed(at) ? std::optional<std::string_view>("freed object") : std::nullopt;
}

}  // namespace pycore
