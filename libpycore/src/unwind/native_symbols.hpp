#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/analyze.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/debuginfod.hpp"
#include "unwind/symbol_table.hpp"

namespace pycore {

/// What a function or variable is called.
struct NativeSymbol {
    std::string symbol;        ///< as the symbol table has it, without a symbol version
    std::string function;      ///< for people: demangled, without suffixes of the compiler
    std::uint64_t offset = 0;  ///< of the address in it
};

/// Names the functions of a process. Symbols of a module are read when the first of its addresses
/// is asked for; a separate debug file is looked for only when its own file has no .symtab.
class NativeSymbols {
public:
    /// All but `search` outlive this object. Servers are asked for at most half of the time that
    /// is left before `deadline` when the first of them is.
    NativeSymbols(const Memory& memory,
                  std::span<const Module> modules,
                  FileSearch search,
                  const Deadline* deadline = nullptr);

    /// The function that `frame` executes. Where no symbol tells, its `caller` (null: none) may
    /// have called it by name.
    std::optional<NativeSymbol> find(const NativeFrame& frame, const NativeFrame* caller);

    /// The function that starts at `start`, by the names under which modules are linked to it: for
    /// what no symbol names. Slower than `find` by far.
    std::optional<NativeSymbol> find_bound(Address start, Address pc);

    /// The function that holds `at`, an address of the process.
    std::optional<NativeSymbol> find(Address at, std::size_t module);

    /// The variable that holds `at`.
    std::optional<NativeSymbol> find_variable(Address at, std::size_t module);

    /// All names of the function that holds `at`, the best first: aliases share their code.
    std::vector<std::string> aliases(Address at, std::size_t module);

    /// The separate debug file, looked for once; null when there is none.
    const std::shared_ptr<const ElfFile>& debug_file(std::size_t module);

    /// The debug file with this build id, which others refer to; null when there is none.
    std::shared_ptr<const ElfFile> find_supplement(const std::string& build_id);

    /// What kept servers from being asked, when they were to be.
    [[nodiscard]] std::vector<Gap> gaps() const;

private:
    struct ModuleSymbols {
        std::optional<SymbolTable> functions;  ///< absent until asked for
        std::optional<SymbolTable> variables;
        bool searched = false;
        std::shared_ptr<const ElfFile> debug_file;
    };

    SymbolTable open_table(std::size_t module, SymbolKind kind);
    const SymbolTable& functions_of(std::size_t module);
    [[nodiscard]] std::optional<NativeSymbol> find(const SymbolTable& table,
                                                   Address at,
                                                   std::size_t module) const;

    const Memory& memory_;
    std::span<const Module> modules_;
    FileSearch search_;
    std::unique_ptr<Debuginfod> debuginfod_;  ///< null where no server may be asked
    std::vector<ModuleSymbols> symbols_;
    std::unordered_map<std::uint64_t, std::optional<NativeSymbol>> known_;
    std::size_t searches_ = 0;  ///< of `find_bound`
};

}  // namespace pycore
