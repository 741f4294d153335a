#pragma once

#include <cstdint>
#include <span>

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

/// Where an instance keeps the value of one of its class's `__slots__`.
struct SlotPlace {
    Address name;  ///< a str object
    std::uint64_t offset = 0;
};

/// The `__slots__` that instances of `type` have.
[[nodiscard]] Walk<SlotPlace> find_slots(const Memory& memory,
                                         const Layout& layout,
                                         const KnownTypes& types,
                                         Address type,
                                         const Limits& limits);

/// The same as above, where the slots of the object's type are known.
[[nodiscard]] Walk<DictEntry> walk_own_attributes(const Memory& memory,
                                                  const Layout& layout,
                                                  std::span<const SlotPlace> slots,
                                                  Address at,
                                                  const Limits& limits);

}  // namespace pycore
