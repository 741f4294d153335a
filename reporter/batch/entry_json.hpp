#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "batch/entry.hpp"

namespace pycore {

/// One line of `index.jsonl`, with its newline: ASCII, the keys always in the same order.
[[nodiscard]] std::string to_json_line(const BatchEntry& entry);

/// Nothing for any text that `to_json_line` could not have written. Who can write to the folder can
/// write the index: whatever it says is text, and a report that it names has the name of one.
[[nodiscard]] std::optional<BatchEntry> parse_json_line(std::string_view line);

}  // namespace pycore
