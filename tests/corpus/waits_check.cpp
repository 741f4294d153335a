#include "corpus/waits_check.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace pycore::test {
namespace {

/// What one thread of a scenario waits for, as its program has it.
struct ExpectedWait {
    std::string_view thread;
    ResourceKind kind;
    std::string_view name;    ///< the description ends so
    std::string_view holder;  ///< empty: no thread holds it for certain
    bool timed = false;
};

using Cycle = std::vector<std::string_view>;

struct ExpectedWaits {
    std::string_view scenario;
    std::vector<ExpectedWait> waits;
    std::vector<Cycle> cycles;
    std::vector<std::string_view> behind;  ///< of all cycles
};

constexpr std::string_view hostile_0 =
    "0</script><img src=x onerror=alert(1)>\"><svg/onload=alert(2)>'`";
constexpr std::string_view hostile_1 =
    "1</script><img src=x onerror=alert(1)>\"><svg/onload=alert(2)>'`";

const std::vector<ExpectedWaits>& expected_waits()
{
    static const std::vector<ExpectedWaits> all{
        {.scenario = "deadlock",
         .waits = {{"transfer", ResourceKind::lock, "orders", "ship"},
                   {"ship", ResourceKind::rlock, "journal", "bookkeeper"},
                   {"bookkeeper", ResourceKind::lock, "accounts", "transfer"},
                   {"audit", ResourceKind::rlock, "journal", "bookkeeper"},
                   {"report", ResourceKind::lock, "orders", "ship", true},
                   {"MainThread", ResourceKind::thread, "transfer", "transfer"}},
         .cycles = {{"transfer", "ship", "bookkeeper"}},
         .behind = {"audit", "MainThread"}},
        {.scenario = "wait_zoo",
         .waits = {{"phil-0", ResourceKind::lock, "forks[1]", "phil-1"},
                   {"phil-1", ResourceKind::lock, "forks[2]", "phil-2"},
                   {"phil-2", ResourceKind::lock, "forks[0]", "phil-0"},
                   {"store", ResourceKind::rlock, "journal", "book"},
                   {"book", ResourceKind::lock, "_lock of Store store", "store"},
                   {"hungry", ResourceKind::lock, "forks[0]", "phil-0"},
                   {"read", ResourceKind::lock, "cache", "refresh", true},
                   {"sell", ResourceKind::condition, "stock", ""},
                   {"open", ResourceKind::event, "opened", ""},
                   {"job", ResourceKind::queue, "jobs", ""},
                   {"joiner", ResourceKind::thread, "phil-0", "phil-0"}},
         .cycles = {{"phil-0", "phil-1", "phil-2"}, {"store", "book"}},
         .behind = {"hungry", "joiner"}},
        {.scenario = "hostile",
         .waits = {{hostile_0, ResourceKind::lock, "locks[...]", hostile_1},
                   {hostile_1, ResourceKind::lock, "locks[...]", hostile_0}},
         .cycles = {{hostile_0, hostile_1}},
         .behind = {}},
    };
    return all;
}

std::string name_of(const Snapshot& snapshot, std::size_t thread)
{
    return snapshot.threads[thread].python_name.value_or("?");
}

/// "a b c", whichever of them comes first.
std::string canonical(const std::vector<std::string>& cycle)
{
    std::vector<std::string> turned = cycle;
    std::ranges::rotate(turned, std::ranges::min_element(turned));
    std::string text;
    for (const std::string& name : turned) {
        text += name + ' ';
    }
    return text;
}

void check_wait(const Snapshot& snapshot, const ExpectedWait& expected)
{
    INFO(expected.thread);
    const auto thread =
        std::ranges::find(snapshot.threads, std::string(expected.thread), &Thread::python_name);
    REQUIRE(thread != snapshot.threads.end());
    REQUIRE(thread->wait);
    CHECK(thread->activity == Activity::waiting);
    CHECK(thread->wait->certain);
    CHECK(thread->wait->timed == expected.timed);
    const Resource& resource = snapshot.resources[thread->wait->resource];
    CHECK(resource.kind == expected.kind);
    INFO(resource.description);
    CHECK(resource.description.ends_with(expected.name));
    CHECK(resource.owners_certain == !expected.holder.empty());
    if (resource.owners_certain) {
        REQUIRE(resource.owners.size() == 1);
        REQUIRE(resource.owners[0].thread);
        CHECK(name_of(snapshot, *resource.owners[0].thread) == expected.holder);
    }
}

void check_deadlocks(const Report& report, const ExpectedWaits& expected)
{
    std::set<std::string> cycles;
    std::set<std::string> behind;
    for (const Deadlock& deadlock : report.deadlocks) {
        INFO(deadlock.summary);
        CHECK(deadlock.certain);
        std::vector<std::string> names;
        for (const DeadlockEdge& edge : deadlock.edges) {
            names.push_back(name_of(report.snapshot, edge.waiter));
        }
        CHECK(cycles.insert(canonical(names)).second);
        for (const std::size_t thread : deadlock.behind) {
            behind.insert(name_of(report.snapshot, thread));
        }
    }
    std::set<std::string> told;
    for (const Cycle& cycle : expected.cycles) {
        told.insert(canonical({cycle.begin(), cycle.end()}));
    }
    CHECK(cycles == told);
    CHECK(behind == std::set<std::string>(expected.behind.begin(), expected.behind.end()));
}

}  // namespace

void check_waits(const Report& report, std::string_view scenario)
{
    const auto& all = expected_waits();
    const auto expected = std::ranges::find(all, scenario, &ExpectedWaits::scenario);
    if (expected == all.end()) {
        CHECK(report.deadlocks.empty());
        return;
    }
    for (const ExpectedWait& wait : expected->waits) {
        check_wait(report.snapshot, wait);
    }
    check_deadlocks(report, *expected);
}

}  // namespace pycore::test
