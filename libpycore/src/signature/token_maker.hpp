#pragma once

#include <cstdint>
#include <string>

#include "analysis/module_roles.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What a native frame is worth in a signature, the least first.
enum class Weight : std::uint8_t {
    none,         ///< passed over
    interpreter,  ///< a function of CPython: where nothing else is left
    prefix,       ///< counts together with what called it
    full
};

struct Token {
    std::string name;  ///< "memcpy", "codec!decode_row", "codec+0x12a0@1a2b3c4d"; one line
    Weight weight = Weight::none;
    bool offset = false;  ///< `name` is made of an offset
};

/// Names native frames so that another run, and as far as can be another build of CPython and of
/// the C library, has the same. Snapshot and roles have to outlive it.
class TokenMaker {
public:
    TokenMaker(const Snapshot& snapshot, const ModuleRoles& roles)
        : snapshot_(snapshot), roles_(roles)
    {
    }

    [[nodiscard]] Token token_of(const NativeCall& call) const;

    /// The bare name of its function, maybe empty.
    [[nodiscard]] static std::string function_of(const NativeCall& call);

    /// Null where it is in none.
    [[nodiscard]] const ModuleDescription* module_of(const NativeCall& call) const;

    /// Of neither Python nor the system.
    [[nodiscard]] bool is_foreign(const NativeCall& call) const;

private:
    [[nodiscard]] ModuleRole role_of(const NativeCall& call) const;

    const Snapshot& snapshot_;
    const ModuleRoles& roles_;
};

}  // namespace pycore
