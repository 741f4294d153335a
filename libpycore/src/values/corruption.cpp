#include "objects/object.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {
namespace {

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
    if (is_freed(memory_, layout_, at)) {
        return "freed object";
    }
    return has_sound_count(memory_, layout_, at)
               ? std::nullopt
               : std::optional<std::string_view>("reference count out of range");
}

}  // namespace pycore
