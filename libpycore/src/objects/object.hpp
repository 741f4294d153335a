#pragma once

#include <cstdint>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// Bits of `tp_flags` that say which builtin type a type derives from. The same in all versions.
namespace type_flag {
inline constexpr std::uint64_t heap_type = std::uint64_t{1} << 9;
inline constexpr std::uint64_t integer = std::uint64_t{1} << 24;
inline constexpr std::uint64_t list = std::uint64_t{1} << 25;
inline constexpr std::uint64_t tuple = std::uint64_t{1} << 26;
inline constexpr std::uint64_t bytes = std::uint64_t{1} << 27;
inline constexpr std::uint64_t text = std::uint64_t{1} << 28;
inline constexpr std::uint64_t dict = std::uint64_t{1} << 29;
inline constexpr std::uint64_t exception = std::uint64_t{1} << 30;
inline constexpr std::uint64_t type = std::uint64_t{1} << 31;
}  // namespace type_flag

/// `ob_type` of the object at `at`.
Result<Address> read_type(const Memory& memory, const Layout& layout, Address at);

/// `tp_flags` of the type of the object at `at`. Type objects are writable data, so a kernel's
/// core holds them although it holds no names of static types.
Result<std::uint64_t> read_type_flags(const Memory& memory, const Layout& layout, Address at);

/// Success when the type of the object at `at` has all of `flags`, else `bad_format`.
Result<void> expect_type(
    const Memory& memory, const Layout& layout, Address at, std::uint64_t flags, Label what);

/// CPython aligns objects to 8 bytes at least. Null is not.
[[nodiscard]] constexpr bool is_aligned(Address at) noexcept
{
    return at && at.value % 8 == 0;
}

/// Whether the object at `at` was freed. It keeps its type for a while: where its reference count
/// was is then 0, or the address of the next free block.
bool is_freed(const Memory& memory, const Layout& layout, Address at);

/// Whether the reference count of the object at `at` is one that a process can reach: not 0, not
/// negative, no more than its memory could hold references.
bool has_sound_count(const Memory& memory, const Layout& layout, Address at);

/// The dict of the module object at `at`.
Result<Address> read_module_dict(const Memory& memory, const Layout& layout, Address at);

}  // namespace pycore
