#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "objects/dict.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/snapshot.hpp"
#include "python/layout.hpp"
#include "threads/installed_distributions.hpp"

namespace pycore {

/// How many entries `sys.modules` of an interpreter has.
std::optional<std::uint64_t> count_python_modules(const Memory& memory,
                                                  const Layout& layout,
                                                  Address interpreter);

/// Reads what interpreters imported. What all of them may cost is limited.
class PythonModules {
public:
    /// Without `installed` (null) no folder is listed for distributions. All outlive this object.
    PythonModules(const Memory& memory,
                  const Limits& limits,
                  Deadline& deadline,
                  InstalledDistributions* installed);

    InterpreterModules read(const Layout& layout, Address interpreter);

private:
    void read_sys(Address module, InterpreterModules& into);
    std::optional<ImportedModule> read_module(const DictEntry& entry);
    Walk<DictEntry> walk(Address dict);
    std::optional<std::string> read_string(Address at);
    std::vector<std::string> read_strings(Address list);
    std::optional<std::string> find_distribution(const ImportedModule& module);

    const Memory& memory_;
    const Layout* layout_ = nullptr;  ///< of the interpreter that is read
    Limits limits_;
    Deadline& deadline_;
    InstalledDistributions* installed_;
    std::uint64_t entries_left_;
    std::uint64_t text_left_;
    bool cut_ = false;
};

}  // namespace pycore
