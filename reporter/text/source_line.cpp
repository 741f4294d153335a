#include "text/source_line.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/wide_characters.hpp"

namespace pycore {
namespace {

constexpr std::string_view indent = "    ";
constexpr std::string_view ellipsis = "...";
constexpr std::size_t line_width = 79 - indent.size();
// Of a long line so much is shown before the columns.
constexpr std::size_t lead = 12;
constexpr std::string_view blanks = " \t\f\v";

/// A character as it is shown.
struct Cell {
    std::string text;
    std::size_t width = 0;
    bool marked = false;
};

using Cells = std::span<const Cell>;

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

Cell cell_of(std::string_view character)
{
    if (character == "\t") {
        return {.text = std::string(indent), .width = indent.size()};
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

std::vector<Cell> cells_of(std::string_view line, const SourcePosition& position)
{
    std::vector<Cell> cells;
    const std::size_t end = line.find_last_not_of(blanks) + 1;  // npos + 1 is 0
    const Range range = range_of(position, end);
    for (std::size_t at = end == 0 ? 0 : line.find_first_not_of(blanks); at < end;) {
        const std::size_t length = length_at(line.substr(at, end - at));
        Cell& cell = cells.emplace_back(cell_of(line.substr(at, length)));
        cell.marked = at >= range.first && at < range.end;
        at += length;
    }
    return cells;
}

std::size_t width_of(Cells cells)
{
    std::size_t width = 0;
    for (const Cell& cell : cells) {
        width += cell.width;
    }
    return width;
}

/// How many of `cells` fit in `width`.
std::size_t count_that_fit(Cells cells, std::size_t width)
{
    std::size_t count = 0;
    while (count < cells.size() && cells[count].width <= width) {
        width -= cells[count++].width;
    }
    return count;
}

/// The cells that are shown.
Cells window_of(Cells cells)
{
    if (width_of(cells) <= line_width) {
        return cells;
    }
    const auto marked = std::ranges::find_if(cells, &Cell::marked);
    auto last = std::ranges::find_if_not(marked, cells.end(), &Cell::marked);
    auto first = static_cast<std::size_t>(marked - cells.begin());
    const auto end = static_cast<std::size_t>(last - cells.begin());
    const std::size_t room = line_width - 2 * ellipsis.size();
    if (marked == cells.end() || width_of(cells.first(end)) <= room + ellipsis.size()) {
        first = 0;
    } else {
        for (std::size_t width = 0; first > 0 && width + cells[first - 1].width <= lead;) {
            width += cells[--first].width;
        }
        // Near the end of the line there is room for more of what comes before.
        while (first > 0 && width_of(cells.subspan(first - 1)) <= room + ellipsis.size()) {
            --first;
        }
    }
    const Cells rest = cells.subspan(first);
    const bool whole = first == 0 || width_of(rest) <= room + ellipsis.size();
    return rest.first(count_that_fit(rest, whole ? room + ellipsis.size() : room));
}

bool worth_marking(Cells cells)
{
    const auto marked = static_cast<std::size_t>(std::ranges::count_if(cells, &Cell::marked));
    return marked != 0 && marked != cells.size();
}

}  // namespace

void write_source(StyledText& out,
                  const SourceLine& line,
                  const SourcePosition& position,
                  Underline underline,
                  std::string_view margin)
{
    const std::vector<Cell> cells = cells_of(line.text, position);
    if (cells.empty()) {
        return;
    }
    const Cells shown = window_of(cells);
    const bool cut_before = shown.data() != cells.data();
    const bool cut_after = shown.data() + shown.size() != cells.data() + cells.size();
    std::string text(cut_before ? ellipsis : "");
    std::string marks(text.size(), ' ');
    for (const Cell& cell : shown) {
        text += cell.text;
        marks.append(cell.width, cell.marked ? '^' : ' ');
    }
    out.plain(margin).plain(indent).styled(Style::faint,
                                           text + std::string(cut_after ? ellipsis : ""));
    out.plain("\n");
    if (underline == Underline::columns && worth_marking(cells)) {
        marks.resize(marks.find_last_not_of(' ') + 1);
        out.plain(margin).plain(indent).styled(Style::place, marks).plain("\n");
    }
}

}  // namespace pycore
