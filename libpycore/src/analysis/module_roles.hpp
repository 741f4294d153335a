#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// Whose code a module is, as far as blame goes.
enum class ModuleRole : std::uint8_t {
    interpreter,       ///< CPython itself
    standard_library,  ///< an extension module that comes with CPython
    system,            ///< the C and C++ runtimes, libffi, the dynamic linker, the vdso
    other              ///< everything else: extensions, their libraries, the application
};

/// The roles of all modules of a snapshot.
class ModuleRoles {
public:
    explicit ModuleRoles(const Snapshot& snapshot);

    /// `other` for one that the snapshot does not have.
    [[nodiscard]] ModuleRole role_of(std::size_t module) const noexcept
    {
        return module < roles_.size() ? roles_[module] : ModuleRole::other;
    }

private:
    std::vector<ModuleRole> roles_;
};

}  // namespace pycore
