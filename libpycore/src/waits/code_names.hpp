#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// `co_names` of the code object at `code`: str objects, of globals, attributes and methods. Names
/// are interned: the same one is the same object everywhere.
[[nodiscard]] std::vector<Address> read_code_names(const Memory& memory,
                                                   const Layout& layout,
                                                   Address code);

/// Whether one of `names` is this one.
[[nodiscard]] bool has_name(const Memory& memory,
                            const Layout& layout,
                            std::span<const Address> names,
                            std::string_view name);

}  // namespace pycore
