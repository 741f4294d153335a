#include "html/source_line.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "view/source_cells.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t most_cells = 400;
// Of a long line so much is shown before the columns.
constexpr std::size_t lead = 40;
// A line that no person wrote: where its columns are is not worth looking for.
constexpr std::size_t longest_line = 20'000;

using Cells = std::span<const SourceCell>;

std::string text_of(Cells cells)
{
    std::string text;
    for (const SourceCell& cell : cells) {
        text += cell.text;
    }
    return text;
}

std::size_t first_marked(Cells cells)
{
    return static_cast<std::size_t>(std::ranges::find_if(cells, &SourceCell::marked) -
                                    cells.begin());
}

/// The cells that are shown: those that are marked, and as many around them as there is room for.
Cells window_of(Cells cells)
{
    if (cells.size() <= most_cells) {
        return cells;
    }
    const std::size_t marked = first_marked(cells);
    const std::size_t first = marked == cells.size() || marked < lead ? 0 : marked - lead;
    return cells.subspan(first, std::min(most_cells, cells.size() - first));
}

void write_cells(Page& page, Cells cells, bool marks)
{
    const std::size_t first = marks ? first_marked(cells) : cells.size();
    const auto end = std::ranges::find_if_not(cells.subspan(first), &SourceCell::marked);
    const auto marked = static_cast<std::size_t>(end - cells.subspan(first).begin());
    page.text(text_of(cells.first(first)));
    if (marked != 0) {
        page.markup("<mark>").text(text_of(cells.subspan(first, marked))).markup("</mark>");
        page.text(text_of(cells.subspan(first + marked)));
    }
}

}  // namespace

void write_source(Page& page, const SourceLine& line, const SourcePosition& position)
{
    if (line.text.size() > longest_line) {
        page.markup("<code class=\"src\">").text(line.text, most_cells).markup("</code>");
        return;
    }
    const std::vector<SourceCell> cells = source_cells(line.text, position);
    if (cells.empty()) {
        return;
    }
    const Cells shown = window_of(cells);
    page.markup("<code class=\"src\">");
    page.markup(shown.data() != cells.data() ? "…" : "");
    write_cells(page, shown, worth_marking(cells));
    const bool cut_after = shown.data() + shown.size() != cells.data() + cells.size();
    page.markup(cut_after ? "…" : "").markup("</code>");
}

}  // namespace pycore::html
