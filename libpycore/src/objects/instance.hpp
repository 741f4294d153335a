#pragma once

#include <string_view>

#include "base/walk.hpp"
#include "objects/dict.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The entries of `__dict__` of the instance at `at`, wherever this version keeps them: a dict,
/// a values array before the object, or inline values. `__slots__` are not among them.
Walk<DictEntry> walk_attributes(const Memory& memory,
                                const Layout& layout,
                                Address at,
                                const Limits& limits);

/// The value of the instance attribute `name` (ASCII), or null when it has none.
Result<Address> find_attribute(const Memory& memory,
                               const Layout& layout,
                               Address at,
                               std::string_view name,
                               const Limits& limits);

}  // namespace pycore
