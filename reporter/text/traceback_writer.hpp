#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pycore/exception.hpp"
#include "text/styled_text.hpp"

namespace pycore {

/// The lines of one exception and of those around it, in the order, the words and the boxes of
/// Python's traceback module.
class TracebackWriter {
public:
    TracebackWriter(StyledText& out, std::string_view indent) : out_(out), indent_(indent) {}

    /// Causes and contexts first. Those that are described elsewhere are left out, as there.
    void write_chain(const Exception& exception);

private:
    void write_alone(const Exception& exception);
    void write_group(const Exception& group);
    void write_members(const Exception& group);
    void write_member_title(std::size_t index, std::string_view title);
    void write_traceback(const Exception& exception);
    void write_entry(const TracebackEntry& entry);
    void write_final_lines(const Exception& exception);
    void write_syntax_place(const SyntaxErrorPlace& place);
    void write_marked_text(const SyntaxErrorPlace& place);
    void write_lines(std::string_view text, Style first_word = Style::plain);
    [[nodiscard]] std::string margin(char edge = '|') const;

    StyledText& out_;
    std::string indent_;
    std::size_t group_depth_ = 0;
    bool needs_end_ = false;  ///< of the box of the group that is being written
};

}  // namespace pycore
