#include "view/source_cells.hpp"

#include <algorithm>

#include "pycore/text.hpp"
#include "view/wide_characters.hpp"

namespace pycore {
namespace {

constexpr std::string_view tab = "    ";
constexpr std::string_view blanks = " \t\f\v";

std::size_t length_at(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return std::min(length, text.size());
}

char32_t decode(std::string_view character)
{
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1) {
        return first;
    }
    char32_t value = first & (0xFFU >> (character.size() + 1));
    for (const char byte : character.substr(1)) {
        value = (value << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
    }
    return value;
}

SourceCell cell_of(std::string_view character)
{
    if (character == "\t") {
        return {.text = std::string(tab), .width = tab.size()};
    }
    std::string text = to_printable(character);
    // What is not shown as it is, is shown as an escape in ASCII.
    const std::size_t width = text != character ? text.size() : is_wide(decode(character)) ? 2 : 1;
    return {.text = std::move(text), .width = width};
}

/// The bytes of a line that are underlined.
struct Range {
    std::size_t first = 0;
    std::size_t end = 0;
};

Range range_of(const SourcePosition& position, std::size_t line_end)
{
    const bool one_line = position.end_line == position.line;
    if (!position.column || *position.column < 0 ||
        (one_line && (!position.end_column || *position.end_column < 0))) {
        return {};
    }
    const std::size_t end = one_line ? static_cast<std::size_t>(*position.end_column) : line_end;
    return {static_cast<std::size_t>(*position.column), std::min(end, line_end)};
}

}  // namespace

std::vector<SourceCell> source_cells(std::string_view line, const SourcePosition& position)
{
    std::vector<SourceCell> cells;
    const std::size_t end = line.find_last_not_of(blanks) + 1;  // npos + 1 is 0
    const Range range = range_of(position, end);
    for (std::size_t at = end == 0 ? 0 : line.find_first_not_of(blanks); at < end;) {
        const std::size_t length = length_at(line.substr(at, end - at));
        SourceCell& cell = cells.emplace_back(cell_of(line.substr(at, length)));
        cell.marked = at >= range.first && at < range.end;
        at += length;
    }
    return cells;
}

bool worth_marking(const std::vector<SourceCell>& cells)
{
    const auto marked = static_cast<std::size_t>(std::ranges::count_if(cells, &SourceCell::marked));
    return marked != 0 && marked != cells.size();
}

}  // namespace pycore
