#include "objects/object.hpp"

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// From 3.12 on: bit 31 of the count, and no more than flags in the topmost bits of its word.
bool is_immortal(Address word)
{
    return (word.value & 0xFFFF'8000'0000) == 0x8000'0000;
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
    constexpr std::uint32_t count_size = 8;
    constexpr std::uint64_t largest_count = 1 << 16;
    const std::uint32_t type = layout.object.type.offset;
    const auto word = layout.object.type.exists() && type >= count_size
                          ? read_field(memory, at, Field<Address>{type - count_size}, "object")
                          : Result(Address{});
    if (!word || !*word) {
        return true;
    }
    return word->value > largest_count && is_aligned(*word) && !is_immortal(*word) &&
           memory.read<std::uint8_t>(*word, "free block").has_value();
}

Result<Address> read_module_dict(const Memory& memory, const Layout& layout, Address at)
{
    return read_field(memory, at, layout.module.dict, "module object");
}

}  // namespace pycore
