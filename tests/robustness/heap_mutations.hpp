#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mutations.hpp"

namespace pycore::robustness {

/// The memory of a core that the process wrote itself and that is no file's: where its objects are.
struct Heap {
    std::vector<Target::Run> pages;      ///< all of it, in the core file
    std::vector<Target::Run> read;       ///< what the analysis read of it
    std::vector<std::uint64_t> objects;  ///< addresses that the analysis read at
};

[[nodiscard]] Heap find_heap(const CoreFile& core, const Reads& reads);

/// `count` corruptions of the heap, most of them where it was read: other bytes, other sizes,
/// pointers to other objects, pages overwritten. The same seed gives the same cases everywhere.
[[nodiscard]] std::vector<Case> choose_heap_corruptions(std::span<const std::byte> file,
                                                        const Heap& heap,
                                                        std::uint64_t seed,
                                                        std::size_t count);

}  // namespace pycore::robustness
