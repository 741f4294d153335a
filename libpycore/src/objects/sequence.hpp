#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/try.hpp"
#include "objects/object.hpp"
#include "pycore/memory.hpp"
#include "python/record.hpp"

namespace pycore {

/// The first items of a tuple or a list.
struct Items {
    std::vector<Address> items;
    std::uint64_t size = 0;  ///< of the object
};

/// `count` pointers from `at` on.
inline Result<std::vector<Address>> read_pointers(const Memory& memory,
                                                  Address at,
                                                  std::uint64_t count,
                                                  Label what)
{
    std::vector<Address> pointers(count);
    PYCORE_CHECK(memory.read_bytes(at, std::as_writable_bytes(std::span(pointers)), what));
    return pointers;
}

/// At most `most` items of the tuple at `at`. `bad_format` when the object is none.
inline Result<Items> read_tuple(const Memory& memory,
                                const Layout& layout,
                                Address at,
                                std::uint64_t most)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::tuple, "tuple object"));
    PYCORE_TRY(const std::int64_t size, read_field(memory, at, layout.tuple.size, "tuple object"));
    const auto first = offset_by(at, layout.tuple.items.offset);
    if (size < 0 || !first) {
        return Fault{FaultCode::bad_format, at.value, "tuple object"};
    }
    const auto count = std::min(static_cast<std::uint64_t>(size), most);
    PYCORE_TRY(std::vector<Address> items, read_pointers(memory, *first, count, "tuple object"));
    return Items{.items = std::move(items), .size = static_cast<std::uint64_t>(size)};
}

/// The same of a list, by its flag of `tp_flags`.
inline Result<Items> read_list(const Memory& memory,
                               const Layout& layout,
                               Address at,
                               std::uint64_t most)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::list, "list object"));
    PYCORE_TRY(const std::int64_t size, read_field(memory, at, layout.list.size, "list object"));
    PYCORE_TRY(const Address first, read_field(memory, at, layout.list.items, "list object"));
    if (size < 0) {
        return Fault{FaultCode::bad_format, at.value, "list object"};
    }
    const auto count = std::min(static_cast<std::uint64_t>(size), most);
    PYCORE_TRY(std::vector<Address> items, read_pointers(memory, first, count, "list object"));
    return Items{.items = std::move(items), .size = static_cast<std::uint64_t>(size)};
}

}  // namespace pycore
