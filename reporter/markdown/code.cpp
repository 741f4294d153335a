#include "markdown/code.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "pycore/text.hpp"
#include "view/words.hpp"

namespace pycore::markdown {
namespace {

constexpr std::size_t longest_span = 1000;
// GitHub's parser knows no delimiters of spans beyond 80; names have no such runs.
constexpr std::size_t most_backticks = 20;

std::size_t longest_run_of_backticks(std::string_view text)
{
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char letter : text) {
        run = letter == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string without_backticks(std::string_view text)
{
    std::string made;
    for (const char letter : text) {
        made += letter == '`' ? std::string("\\x60") : std::string(1, letter);
    }
    return made;
}

// Cut where no character ends would be a broken one.
std::string cut(std::string text, std::size_t most)
{
    if (text.size() <= most) {
        return text;
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) {
        --most;
    }
    return text.substr(0, most) + "...";
}

}  // namespace

std::string code_span(std::string_view from_core)
{
    std::string text = to_printable(from_core.substr(0, longest_span + 4));
    if (longest_run_of_backticks(text) > most_backticks) {
        text = without_backticks(text);
    }
    text = cut(std::move(text), longest_span);
    if (text.find_first_not_of(' ') == std::string::npos) {
        return "` `";
    }
    const std::string edge(longest_run_of_backticks(text) + 1, '`');
    // One blank at both ends belongs to the delimiters.
    const bool needs_blanks =
        text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
    const std::string blank = needs_blanks ? " " : "";
    return edge + blank + text + blank + edge;
}

std::string code_block(std::string_view lines)
{
    const std::string edge(std::max<std::size_t>(3, longest_run_of_backticks(lines) + 1), '`');
    return edge + "text\n" + std::string(lines) + edge + "\n";
}

std::string code_block(std::string_view lines, std::size_t most)
{
    if (lines.size() <= most) {
        return code_block(lines);
    }
    const auto end = lines.rfind('\n', most);
    const std::string_view kept =
        end == std::string_view::npos ? std::string_view() : lines.substr(0, end + 1);
    const auto left =
        std::count(lines.begin() + static_cast<std::ptrdiff_t>(kept.size()), lines.end(), '\n');
    const std::string note =
        "\n*" + counted(static_cast<std::uint64_t>(left), "more line") + " left out here*\n";
    return (kept.empty() ? std::string() : code_block(kept)) + note;
}

}  // namespace pycore::markdown
