#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/entry.hpp"

namespace pycore {

/// What an index file says, by path.
struct BatchIndex {
    std::vector<BatchEntry> entries;
    std::uint64_t damaged = 0;  ///< lines that were not understood, and are gone
};

/// Of two lines for one core the first counts.
[[nodiscard]] BatchIndex parse_index(std::string_view text);

/// Null when the index has no entry for that core.
[[nodiscard]] const BatchEntry* find_entry(const BatchIndex& index, std::string_view path);

/// The newest crash first, then by path: the order of the index.
void sort_entries(std::vector<BatchEntry>& entries);

/// `index.jsonl`, in the order they are in.
[[nodiscard]] std::string index_text(const std::vector<BatchEntry>& entries);

}  // namespace pycore
