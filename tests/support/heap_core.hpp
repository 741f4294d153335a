#pragma once

#include "memory/module.hpp"
#include "support/core_builder.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {

/// A core whose segments are the objects of `heap`.
inline CoreBuilder core_of(PythonHeap& heap)
{
    CoreBuilder core;
    for (const auto& [at, bytes] : heap.memory().areas()) {
        core.segment(at, bytes);
    }
    return core;
}

inline AddressSpace space_of(PythonHeap& heap)
{
    return AddressSpace(core_of(heap).open());
}

/// The tables that `layout` is one of.
inline const LayoutSet* set_of(const Layout& layout)
{
    for (const LayoutSet* set : all_layout_sets()) {
        if (set->layouts.front().since.minor == layout.since.minor) {
            return set;
        }
    }
    return nullptr;
}

/// A mapped ELF file that is not attached, with these writable data.
inline Module module_of(std::string path, std::vector<AddressRange> writable)
{
    Module module;
    module.path = std::move(path);
    module.writable_ranges = std::move(writable);
    return module;
}

inline AddressRange range_of(Address at, std::uint64_t size)
{
    return AddressRange::make(at, size).value();
}

}  // namespace pycore::test
