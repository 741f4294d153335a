#pragma once

#include "base/walk.hpp"
#include "objects/dict.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// The attributes an object has itself: of its `__slots__`, then of its `__dict__`. Keys are str
/// objects. At most `limits.max_dict_entries` of each.
[[nodiscard]] Walk<DictEntry> walk_own_attributes(const Memory& memory,
                                                  const Layout& layout,
                                                  const KnownTypes& types,
                                                  Address at,
                                                  const Limits& limits);

}  // namespace pycore
