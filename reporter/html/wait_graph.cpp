#include "html/wait_graph.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "html/graph_layout.hpp"
#include "view/source_cells.hpp"

namespace pycore::html {
namespace {

// In pixels, which are also the units of the picture.
constexpr int box_width = 152;
constexpr int box_height = 46;
constexpr int row_height = 80;
constexpr int gutter = 24;
constexpr int gap = 32;
constexpr int top = 36;
constexpr int bottom = 40;
constexpr int turn = 16;  ///< of an arrow beyond the outermost boxes
constexpr int width = 2 * gutter + 2 * box_width + gap;
constexpr int lane_width = 6;
// What fits in a box, in a font whose letters are 0.6 as wide as high.
constexpr std::size_t title_columns = 18;
constexpr std::size_t note_columns = 20;

struct Point {
    int x = 0;
    int y = 0;
};

std::string number(int value)
{
    return std::to_string(value);
}

/// Where a box begins.
Point corner_of(const GraphBox& box, int below = 0)
{
    return {gutter + box.column * (box_width + gap), top + box.row * row_height + below};
}

/// Arrows leave and enter a box near its outer edge, so that there is room for their words.
int port_of(const GraphBox& box)
{
    constexpr int inset = 30;
    return corner_of(box).x + (box.column == 0 ? inset : box_width - inset);
}

/// So much of a text as fits in `columns`.
std::string fitted(std::string_view text, std::size_t columns)
{
    constexpr std::size_t most_bytes = 400;
    std::string shown;
    std::size_t used = 0;
    std::size_t with_room = 0;  // bytes that leave a column for the dots
    for (const SourceCell& cell : source_cells(text.substr(0, most_bytes), {})) {
        used += cell.width;
        if (used > columns) {
            return shown.substr(0, with_room) + "…";
        }
        shown += cell.text;
        with_room = used < columns ? shown.size() : with_room;
    }
    return shown;
}

void write_label(Page& page, Point at, std::string_view anchor, std::string_view ours)
{
    page.markup("<text class=\"edge\" text-anchor=\"").markup(anchor);
    page.markup("\" x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\">");
    page.markup(ours).markup("</text>");
}

void write_box(Page& page, const GraphBox& box, Point at, std::string_view style)
{
    const std::string radius = box.kind == GraphBox::Kind::resource ? "22" : "3";
    page.markup("<rect class=\"").markup(style);
    page.markup("\" x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" width=\"" +
                number(box_width) + "\" height=\"" + number(box_height) + "\" rx=\"" + radius +
                "\"/>");
    const std::string middle = number(at.x + box_width / 2);
    const int first = box.note.empty() ? at.y + 27 : at.y + 20;
    page.markup("<text class=\"name\" text-anchor=\"middle\" x=\"" + middle + "\" y=\"" +
                number(first) + "\">");
    page.text(fitted(box.title, title_columns)).markup("</text>");
    if (!box.note.empty()) {
        page.markup("<text text-anchor=\"middle\" x=\"" + middle + "\" y=\"" + number(at.y + 36) +
                    "\">");
        page.text(fitted(box.note, note_columns)).markup("</text>");
    }
}

/// A line through the points with a head at its end.
void write_arrow(Page& page, std::initializer_list<Point> points, std::string_view style)
{
    std::string path;
    Point before;
    Point end;
    for (const Point point : points) {
        path += (path.empty() ? "M" : "L") + number(point.x) + " " + number(point.y);
        before = std::exchange(end, point);
    }
    page.markup("<path class=\"").markup(style).markup("\" d=\"").markup(path).markup("\"/>");
    const int dx = (end.x > before.x) - (end.x < before.x);
    const int dy = (end.y > before.y) - (end.y < before.y);
    constexpr int length = 9;
    constexpr int half = 5;
    const Point left{end.x - dx * length + dy * half, end.y - dy * length + dx * half};
    const Point right{end.x - dx * length - dy * half, end.y - dy * length - dx * half};
    page.markup("<path class=\"head\" d=\"M" + number(end.x) + " " + number(end.y) + "L" +
                number(left.x) + " " + number(left.y) + "L" + number(right.x) + " " +
                number(right.y) + "Z\"/>");
}

/// From one box of the circle to the next: down the left column, over at the bottom, up the right.
void write_edge(Page& page, const GraphBox& from, const GraphBox& to)
{
    const std::string_view style = from.certain ? "circle" : "circle unsure";
    const int start = port_of(from);
    const int end = port_of(to);
    const int from_top = corner_of(from).y;
    const int to_top = corner_of(to).y;
    if (from.column == to.column) {
        const bool down = from.column == 0;
        const int y = down ? from_top + box_height : from_top;
        write_arrow(page, {{start, y}, {start, down ? to_top : to_top + box_height}}, style);
        const int middle = y + (down ? 1 : -1) * (row_height - box_height) / 2 + 4;
        write_label(page, {start + (down ? 9 : -9), middle}, down ? "start" : "end", from.edge);
    } else if (from.column == 0) {
        const int y = std::max(from_top, to_top) + box_height;
        write_arrow(page,
                    {{start, from_top + box_height},
                     {start, y + turn},
                     {end, y + turn},
                     {end, to_top + box_height}},
                    style);
        write_label(page, {width / 2, y + turn + 14}, "middle", from.edge);
    } else {
        const int y = std::min(from_top, to_top) - turn;
        write_arrow(page, {{start, from_top}, {start, y}, {end, y}, {end, to_top}}, style);
        write_label(page, {width / 2, y - 6}, "middle", from.edge);
    }
}

void write_waiter(Page& page, const WaitGraph& graph, const GraphWaiter& waiter)
{
    const Point at = corner_of(waiter.box, bottom);
    write_box(page, waiter.box, at, "behind");
    if (!waiter.target) {
        return;
    }
    const GraphBox& target = graph.circle[*waiter.target];
    const bool left = waiter.box.column == 0;
    const int side = left ? at.x : at.x + box_width;
    const int lane = side + (left ? -1 : 1) * (lane_width * (waiter.lane + 1));
    // A little above the middle for the second lane, so that heads do not meet.
    const int y = corner_of(target).y + box_height / 2;
    write_arrow(
        page, {{side, at.y + box_height / 2}, {lane, at.y + box_height / 2}, {lane, y}, {side, y}},
        "wait");
}

int height_of(const WaitGraph& graph)
{
    int rows = graph.rows;
    for (const GraphWaiter& waiter : graph.waiters) {
        rows = std::max(rows, waiter.box.row + 1);
    }
    constexpr int below = 6;
    return top + rows * row_height - (row_height - box_height) + bottom + below;
}

}  // namespace

void write_wait_graph(Page& page, const Snapshot& snapshot, const Deadlock& deadlock)
{
    const WaitGraph graph = lay_out(snapshot, deadlock);
    if (graph.circle.empty()) {
        return;
    }
    const std::string title = "graph" + std::to_string(page.next_id());
    const std::string size = number(width) + "\" height=\"" + number(height_of(graph));
    page.markup("<svg role=\"img\" aria-labelledby=\"" + title + "\" viewBox=\"0 0 " +
                number(width) + " " + number(height_of(graph)) + "\" width=\"" + size + "\">");
    page.markup("<title id=\"" + title + "\">The circle of threads and what each waits for; ");
    page.markup("the list next to it says the same</title>");
    for (std::size_t i = 0; i < graph.circle.size(); ++i) {
        write_edge(page, graph.circle[i], graph.circle[(i + 1) % graph.circle.size()]);
    }
    for (const GraphBox& box : graph.circle) {
        write_box(page, box, corner_of(box),
                  box.kind == GraphBox::Kind::resource ? "lock" : "thread");
    }
    for (const GraphWaiter& waiter : graph.waiters) {
        write_waiter(page, graph, waiter);
    }
    page.markup("</svg>");
}

}  // namespace pycore::html
