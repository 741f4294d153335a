#include "markdown/page.hpp"

#include <algorithm>
#include <utility>

#include "markdown/code.hpp"
#include "view/words.hpp"

namespace pycore::markdown {
namespace {

constexpr std::size_t bytes_of_end = 200;    // the note about what is missing
constexpr std::size_t bytes_of_frame = 300;  // around the lines of a block
// So that one endless stack leaves room for the rest.
constexpr std::size_t most_of_block = 20'000;
constexpr std::size_t most_of_folded = 8'000;

}  // namespace

std::size_t Page::bytes_left() const noexcept
{
    const std::size_t most = most_bytes - bytes_of_end;
    return most - std::min(most, text_.size());
}

void Page::add(std::string_view text)
{
    if (text.empty()) {
        return;
    }
    if (text.size() + 1 > bytes_left()) {
        ++left_out_;
        return;
    }
    text_.append(text).append("\n");
}

void Page::add_block(std::string_view heading, std::string_view lines)
{
    const std::size_t left = bytes_left();
    if (lines.empty()) {
        return;
    }
    if (left < 2 * bytes_of_frame) {
        ++left_out_;
        return;
    }
    add("### " + std::string(heading) + "\n\n" +
        code_block(lines, std::min(most_of_block, left - bytes_of_frame)));
}

void Page::add_folded(std::string_view summary, std::string_view lines)
{
    const std::size_t left = bytes_left();
    if (lines.empty()) {
        return;
    }
    if (left < 2 * bytes_of_frame) {
        ++left_out_;
        return;
    }
    // Markdown inside of HTML begins after an empty line.
    add("<details><summary>" + std::string(summary) + "</summary>\n\n" +
        code_block(lines, std::min(most_of_folded, left - bytes_of_frame)) + "\n</details>\n");
}

std::string Page::finish() &&
{
    if (left_out_ != 0) {
        text_ += "*The page is full: " + counted(left_out_, "part") +
                 " left out. The JSON and HTML reports have all.*\n";
    }
    return std::move(text_);
}

}  // namespace pycore::markdown
