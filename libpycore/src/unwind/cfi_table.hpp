#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "memory/module.hpp"
#include "unwind/cfi_entry.hpp"

namespace pycore {

/// The call frame information of one module and how to find an entry in it.
class CfiTable {
public:
    /// .eh_frame by the search table that PT_GNU_EH_FRAME holds, both read from the process's
    /// memory: it is the same whether the core holds these pages, or the module's file. Nothing
    /// when neither does.
    static std::optional<CfiTable> from_search_table(const Memory& memory, const Module& module);

    /// A section without such a table, whose entries are all looked at once.
    static std::optional<CfiTable> from_section(CfiSection section);

    /// The entry whose code holds `pc`. `unmapped` when there is none.
    [[nodiscard]] Result<CfiEntry> find(Address pc) const;

private:
    struct Place {
        std::uint64_t start = 0;
        std::uint64_t entry = 0;
    };

    CfiTable() = default;
    [[nodiscard]] Result<std::optional<Place>> find_place(Address pc) const;
    [[nodiscard]] Result<Place> place(std::uint64_t index) const;

    CfiSection section_;
    std::uint64_t header_ = 0;  ///< of .eh_frame_hdr
    std::uint64_t table_ = 0;   ///< of its search table
    std::uint64_t count_ = 0;
    std::vector<Place> places_;  ///< instead of the table, where there is none
};

}  // namespace pycore
