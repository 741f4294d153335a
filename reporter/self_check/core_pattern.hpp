#pragma once

#include <cstdint>
#include <string>

#include "self_check/host.hpp"

namespace pycore {

/// Who gets a core of this machine's kernel.
enum class CoreHandler : std::uint8_t {
    unknown,  ///< the kernel does not tell
    none,     ///< nobody
    file,     ///< a file named after the pattern
    systemd,
    apport,
    abrt,
    pycore,   ///< `pycore-report --from-kernel`
    program,  ///< some other program
    socket    ///< a server behind a socket that is not systemd's
};

struct CorePattern {
    CoreHandler handler = CoreHandler::unknown;
    std::string text;     ///< kernel.core_pattern
    std::string program;  ///< that a pipe leads to
};

[[nodiscard]] CorePattern core_pattern_of(const Host& host);

}  // namespace pycore
