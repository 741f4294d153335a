#include <algorithm>
#include <set>
#include <sstream>

#include "html/graph_layout.hpp"
#include "html/wait_graph.hpp"
#include "support/catch.hpp"
#include "support/crowd_report.hpp"

namespace pycore {
namespace {

using html::GraphBox;
using html::WaitGraph;

WaitGraph graph_of(const Report& report)
{
    return html::lay_out(report.snapshot, report.deadlocks.at(0));
}

/// No two boxes are in one place.
void check_places(const WaitGraph& graph)
{
    std::set<std::pair<int, int>> places;
    for (const GraphBox& box : graph.circle) {
        CHECK(places.emplace(box.column, box.row).second);
        CHECK(box.row < graph.rows);
    }
    for (const html::GraphWaiter& waiter : graph.waiters) {
        CHECK(places.emplace(waiter.box.column, waiter.box.row).second);
        CHECK(waiter.box.row >= graph.rows);
    }
}

TEST_CASE("a circle goes through all threads and locks", "[html]")
{
    for (const std::size_t threads : {1U, 2U, 3U, 10U, 16U}) {
        const WaitGraph graph = graph_of(test::circle_report(threads, 0));
        REQUIRE(graph.circle.size() == 2 * threads);
        check_places(graph);
        for (std::size_t i = 0; i < threads; ++i) {
            CHECK(graph.circle[2 * i].kind == GraphBox::Kind::thread);
            CHECK(graph.circle[2 * i].edge == "waits for");
            CHECK(graph.circle[2 * i + 1].kind == GraphBox::Kind::resource);
            CHECK(graph.circle[2 * i + 1].edge == "held by");
        }
    }
}

TEST_CASE("neighbours in the circle are neighbours in the picture", "[html]")
{
    const WaitGraph graph = graph_of(test::circle_report(5, 0));
    for (std::size_t i = 0; i < graph.circle.size(); ++i) {
        const GraphBox& box = graph.circle[i];
        const GraphBox& next = graph.circle[(i + 1) % graph.circle.size()];
        CHECK(std::abs(box.row - next.row) + std::abs(box.column - next.column) == 1);
    }
}

TEST_CASE("of a long circle the middle is counted", "[html]")
{
    const WaitGraph graph = graph_of(test::circle_report(60, 0));
    CHECK(graph.circle.size() == 23);
    CHECK(std::ranges::count(graph.circle, std::string("49 more threads"), &GraphBox::title) == 1);
    CHECK(graph.circle.back().title == "lock-0x");
    check_places(graph);
}

TEST_CASE("threads behind the circle point to what they wait for", "[html]")
{
    const Report report = test::circle_report(2, 40);
    const WaitGraph graph = graph_of(report);
    check_places(graph);
    CHECK(graph.waiters.size() == 6);
    for (const html::GraphWaiter& waiter : graph.waiters) {
        REQUIRE(waiter.target);
        CHECK(waiter.box.note == "waits for " + graph.circle[*waiter.target].title);
        CHECK(waiter.box.column == graph.circle[*waiter.target].column);
        CHECK(waiter.lane < html::most_lanes);
    }
}

TEST_CASE("names that do not fit in a box are cut", "[html]")
{
    Report report = test::circle_report(2, 0);
    report.snapshot.threads[0].python_name = std::string(1 << 20, 'n');
    report.snapshot.threads[1].python_name =
        "\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87"
        "\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87"
        "\xE8\x9B\x87\xE8\x9B\x87";
    std::ostringstream out;
    html::Page page(out);
    html::write_wait_graph(page, report.snapshot, report.deadlocks.at(0));
    CHECK_THAT(out.str(), test::contains(">nnnnnnnnnnnnnnnnn…</text>"));
    // 8 characters of two columns, and one column left.
    CHECK_THAT(out.str(), test::contains(">\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87"
                                         "\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87\xE8\x9B\x87…<"));
}

}  // namespace
}  // namespace pycore
