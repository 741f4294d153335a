#pragma once

#include <string_view>

#include "base/walk.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

struct DictEntry {
    Address key;
    Address value;
};

/// The live entries of the dict at `at`, in insertion order. At
/// most `limits.max_dict_entries` slots are looked at.
Walk<DictEntry> walk_dict(const Memory& memory,
                          const Layout& layout,
                          Address at,
                          const Limits& limits);

/// The entries of a keys object with the values elsewhere: split tables and inline values.
/// In insertion order where the values tell it, else in key order. Slots without a value are left
/// out; `values` holds at least as many as `keys` has entries.
Walk<DictEntry> walk_split(
    const Memory& memory, const Layout& layout, Address keys, Address values, const Limits& limits);

/// The value of the str key `name` (ASCII), or null when the dict has none.
Result<Address> find_in_dict(const Memory& memory,
                             const Layout& layout,
                             Address dict,
                             std::string_view name,
                             const Limits& limits);

/// The same among entries that are already read.
[[nodiscard]] Address find_entry(const Memory& memory,
                                 const Layout& layout,
                                 const Walk<DictEntry>& entries,
                                 std::string_view name);

}  // namespace pycore
