#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pycore::markdown {

/// GitHub takes no comment of more than 65,536 characters.
constexpr std::size_t most_bytes = 60'000;

/// A page that grows until it is full. What does not fit any more is counted.
class Page {
public:
    /// A paragraph, a heading, a table: Markdown of ours, values in code spans.
    void add(std::string_view text);

    /// A block of lines below a heading of ours, as many as fit.
    void add_block(std::string_view heading, std::string_view lines);

    /// The same, to be unfolded by a click. `summary` is ours and has no value in it.
    void add_folded(std::string_view summary, std::string_view lines);

    /// The page, with a note where something is missing.
    [[nodiscard]] std::string finish() &&;

private:
    [[nodiscard]] std::size_t bytes_left() const noexcept;

    std::string text_;
    std::size_t left_out_ = 0;
};

}  // namespace pycore::markdown
