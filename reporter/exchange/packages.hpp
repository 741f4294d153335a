#pragma once

#include <string>

#include "exchange/json.hpp"
#include "pycore/snapshot.hpp"

namespace pycore::exchange {

// What a uReport says of the system and its packages. A core knows them from the package notes in
// the ELF files of the process alone, which Fedora's have; the host that reads it is another one.

/// `os`: where the notes do not tell, the name "linux" and the version "unknown".
[[nodiscard]] Json operating_system(const Snapshot& snapshot);

/// `packages`: that of the program, which is the affected one, and those of other ELF files.
[[nodiscard]] Json packages(const Snapshot& snapshot);

/// `component`: the package of the program, else the program's name.
[[nodiscard]] std::string component(const Snapshot& snapshot);

}  // namespace pycore::exchange
