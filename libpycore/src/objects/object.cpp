#include "objects/object.hpp"

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// From 3.12 on: bit 31 of the count, and no more than flags in the topmost bits of its word. In
/// 3.11 what lies in the executable starts with a count that stays about the same.
bool is_immortal(Address word)
{
    constexpr std::uint64_t first_count = 999'999'999;
    constexpr std::uint64_t most_references = 1 << 24;
    return (word.value & 0xFFFF'8000'0000) == 0x8000'0000 ||
           (word.value > first_count - most_references &&
            word.value < first_count + most_references);
}

/// The word with the reference count, which ends where the type begins.
Result<Address> read_count_word(const Memory& memory, const Layout& layout, Address at)
{
    constexpr std::uint32_t count_size = 8;
    const std::uint32_t type = layout.object.type.offset;
    if (!layout.object.type.exists() || type < count_size) {
        return Fault{FaultCode::unsupported, at.value, "object"};
    }
    return read_field(memory, at, Field<Address>{type - count_size}, "object");
}

}  // namespace

Result<Address> read_type(const Memory& memory, const Layout& layout, Address at)
{
    return read_field(memory, at, layout.object.type, "object");
}

Result<std::uint64_t> read_type_flags(const Memory& memory, const Layout& layout, Address at)
{
    PYCORE_TRY(const Address type, read_type(memory, layout, at));
    return read_field(memory, type, layout.type.flags, "type object");
}

Result<void> expect_type(
    const Memory& memory, const Layout& layout, Address at, std::uint64_t flags, Label what)
{
    PYCORE_TRY(const std::uint64_t actual, read_type_flags(memory, layout, at));
    if ((actual & flags) != flags) {
        return Fault{FaultCode::bad_format, at.value, what};
    }
    return {};
}

bool is_freed(const Memory& memory, const Layout& layout, Address at)
{
    constexpr std::uint64_t largest_count = 1 << 16;
    const auto word = read_count_word(memory, layout, at);
    if (!word || !*word) {
        return true;
    }
    return word->value > largest_count && is_aligned(*word) && !is_immortal(*word) &&
           memory.read<std::uint8_t>(*word, "free block").has_value();
}

bool has_sound_count(const Memory& memory, const Layout& layout, Address at)
{
    constexpr unsigned flags_shift = 48;  // 3.14 on
    constexpr std::uint64_t most_flags = 0xFF;
    constexpr std::uint64_t largest_count = std::uint64_t{1} << 36;  // each takes 8 bytes
    const auto word = read_count_word(memory, layout, at);
    const std::uint64_t count = word ? word->value & ((std::uint64_t{1} << flags_shift) - 1) : 0;
    return word && (is_immortal(*word) || (count != 0 && count < largest_count)) &&
           word->value >> flags_shift <= most_flags;
}

Result<Address> read_module_dict(const Memory& memory, const Layout& layout, Address at)
{
    return read_field(memory, at, layout.module.dict, "module object");
}

}  // namespace pycore
