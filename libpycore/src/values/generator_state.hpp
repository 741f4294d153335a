#pragma once

#include <vector>

#include "frames/code_cache.hpp"
#include "pycore/memory.hpp"
#include "pycore/value.hpp"
#include "python/layout.hpp"

namespace pycore {

/// Where the generator, coroutine or async generator at `at` is: "state", which is "created",
/// "suspended", "running" or "finished", and unless that "line", in its code. These are no objects
/// of the process: without type and address.
[[nodiscard]] std::vector<Attribute> describe_generator(const Memory& memory,
                                                        const Layout& layout,
                                                        CodeCache& codes,
                                                        Address at);

}  // namespace pycore
