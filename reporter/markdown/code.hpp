#pragma once

#include <string>
#include <string_view>

namespace pycore::markdown {

// Text from the core in GitHub's Markdown. It stands in code only: anything else can be made a
// link, a mention of somebody, HTML, or the end of the place it is in, and escapes do not help
// against mentions.

/// One line: "`strlen`". What could end it is met by a longer delimiter.
[[nodiscard]] std::string code_span(std::string_view from_core);

/// Lines that are printable and each end with a newline, as a block.
[[nodiscard]] std::string code_block(std::string_view lines);

/// The same, cut to whole lines of no more than about `most` bytes, with a note of what was cut.
[[nodiscard]] std::string code_block(std::string_view lines, std::size_t most);

}  // namespace pycore::markdown
