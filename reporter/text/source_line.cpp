#include "text/source_line.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/source_cells.hpp"

namespace pycore {
namespace {

constexpr std::string_view indent = "    ";
constexpr std::string_view ellipsis = "...";
// Of a long line so much is shown before the columns.
constexpr std::size_t lead = 12;

using Cells = std::span<const SourceCell>;

std::size_t width_of(Cells cells)
{
    std::size_t width = 0;
    for (const SourceCell& cell : cells) {
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
Cells window_of(Cells cells, std::size_t line_width)
{
    if (width_of(cells) <= line_width) {
        return cells;
    }
    const auto marked = std::ranges::find_if(cells, &SourceCell::marked);
    auto last = std::ranges::find_if_not(marked, cells.end(), &SourceCell::marked);
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

}  // namespace

void write_source(StyledText& out,
                  const SourceLine& line,
                  const SourcePosition& position,
                  Underline underline,
                  std::string_view margin)
{
    const std::vector<SourceCell> cells = source_cells(line.text, position);
    if (cells.empty()) {
        return;
    }
    const Cells shown = window_of(cells, out.width() - 1 - indent.size());
    const bool cut_before = shown.data() != cells.data();
    const bool cut_after = shown.data() + shown.size() != cells.data() + cells.size();
    std::string text(cut_before ? ellipsis : "");
    std::string marks(text.size(), ' ');
    for (const SourceCell& cell : shown) {
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
