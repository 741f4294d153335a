#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/python_version.hpp"
#include "python/layout.hpp"

namespace pycore {

/// A `_PyRuntime` of a version that has layout tables. Which micro version and flavour it is, its
/// own data tell.
struct RuntimeCandidate {
    Address at;
    const LayoutSet* set = nullptr;
};

/// A CPython that is recognised and has no layout table: never decoded by a wrong one.
struct UnsupportedPython {
    PythonVersion version;  ///< micro 0 when only the path tells the version
    bool free_threaded = false;
    std::string path;  ///< of the module, as the core recorded it
};

/// What a core holds of CPython runtimes. Several libpythons may be mapped, and several live.
struct RuntimeSearch {
    std::vector<RuntimeCandidate> found;
    std::vector<UnsupportedPython> unsupported;
    /// A module is CPython's by its symbol or its name; without `found` it was not initialised, or
    /// its data are unreadable.
    std::optional<std::string> python_module;
    bool scan_cut = false;  ///< the budget ended the search without symbols
};

/// Looks for the runtime where a symbol or the section `.PyRuntime` tells, else by searching the
/// writable data of modules; modules that look like CPython and the executable first, the others
/// only when those have none.
RuntimeSearch find_runtimes(const AddressSpace& memory,
                            std::span<const Module> modules,
                            std::span<const LayoutSet* const> sets,
                            Budget& budget);

}  // namespace pycore
