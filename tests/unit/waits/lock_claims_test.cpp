#include "waits/lock_claims.hpp"

#include "locks_process.hpp"
#include "support/catch.hpp"
#include "support/print.hpp"
#include "waits/lock_owners.hpp"

namespace pycore::test {
namespace {

/// `with first: with second:`, entered after the units 2 and 5; the handlers are at 20 and 24.
std::vector<ExceptionRange> two_blocks(const LocksProcess& process)
{
    return {{.start = 3, .end = 6, .target = 20, .depth = process.depth_of(1)},
            {.start = 6, .end = 10, .target = 24, .depth = process.depth_of(2)},
            {.start = 10, .end = 12, .target = 20, .depth = process.depth_of(1)},
            {.start = 24, .end = 28, .target = 20, .depth = process.depth_of(1)}};
}

std::vector<Address> operator+(std::vector<Address> left, const std::vector<Address>& right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

std::vector<Address> objects_of(const std::vector<LockClaim>& claims)
{
    std::vector<Address> objects;
    for (const LockClaim& claim : claims) {
        objects.push_back(claim.object);
    }
    return objects;
}

TEST_CASE("a thread holds the locks of the with blocks it is inside of", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address first = process.lock();
    const Address second = process.lock();
    process.add_thread(7);
    process.call({.function = "eat",
                  .ranges = two_blocks(process),
                  .unit = 7,
                  .stack = process.entered_lock(first) + process.entered_lock(second)});

    const auto claims = process.claims_of(0);

    REQUIRE(objects_of(claims) == std::vector{second, first});
    CHECK(claims[0].certain);
    CHECK(claims[0].how == OwnerEvidence::with_block);
    CHECK(claims[0].where == "eat (app.py:106)");
    CHECK(claims[0].evidence == "inside `with` in eat (app.py:106)");
    CHECK(claims[1].where == "eat (app.py:103)");
}

TEST_CASE("a thread that waits at its with block does not hold that lock", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address first = process.lock();
    const Address second = process.lock();
    process.add_thread(7);
    // What leaves the second is on the stack before it is entered.
    process.call({.ranges = two_blocks(process),
                  .unit = 5,
                  .stack = process.entered_lock(first) + process.entered_lock(second)});

    CHECK(objects_of(process.claims_of(0)) == std::vector{first});
}

TEST_CASE("another method of a lock on the value stack holds nothing", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address lock = process.lock();
    const Address release = process.object("method_descriptor", 64);
    process.add_thread(7);
    process.call({.ranges = two_blocks(process),
                  .unit = 4,
                  .stack = process.entered(lock, release, process.heap.allocate(64))});

    CHECK(process.claims_of(0).empty());
}

/// A condition over `lock`, and what leaves its block.
std::pair<Address, std::vector<Address>> enter_condition(LocksProcess& process, Address lock)
{
    const Address leave = process.object("function", 128);
    process.add_class("Condition", "threading", {{process.text("__exit__"), leave}});
    const Address condition = process.manager("Condition", {{process.text("_lock"), lock}});
    return {condition, process.entered(condition, leave)};
}

TEST_CASE("inside of a condition its lock is held, but not while it waits", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address lock = process.lock();
    const auto [condition, stack] = enter_condition(process, lock);
    const std::vector<ExceptionRange> ranges = two_blocks(process);
    process.add_thread(7);
    process.call({.ranges = ranges, .unit = 4, .stack = stack});
    process.add_thread(8);
    process.call({.function = "Condition.wait", .local = condition});
    process.call({.ranges = ranges, .unit = 4, .stack = stack});

    CHECK(objects_of(process.claims_of(0)) == std::vector{lock});
    CHECK(process.claims_of(1).empty());
}

TEST_CASE("a block of a program's own holds what its code acquires and releases", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address mutex = process.text("mutex");
    const auto function = [&](const std::string& call) {
        const Address at = process.object("function", 160);
        process.heap.set(at, layout.function.code,
                         process.code({.names = {mutex, process.text(call)}}));
        return at;
    };
    const Address leave = function("release");
    const bool acquires = GENERATE(true, false);
    process.add_class("Guard", "app",
                      {{process.text("__enter__"), function(acquires ? "acquire" : "count")},
                       {process.text("__exit__"), leave}});
    const Address lock = process.lock();
    const Address other = process.lock();
    const Address guard = process.manager("Guard", {{mutex, lock}, {process.text("other"), other}});
    process.add_thread(7);
    process.call(
        {.ranges = two_blocks(process), .unit = 4, .stack = process.entered(guard, leave)});

    const auto claims = process.claims_of(0);

    REQUIRE(objects_of(claims) == (acquires ? std::vector{lock} : std::vector<Address>()));
    if (acquires) {
        CHECK(claims[0].how == OwnerEvidence::context_manager);
        CHECK_FALSE(claims[0].certain);
    }
}

TEST_CASE("a table that is deeper than its code's stack says nothing", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    process.add_thread(7);
    process.call({.ranges = {{.start = 0, .end = 30, .target = 31, .depth = 17}},
                  .unit = 4,
                  .stack = process.entered_lock(process.lock())});

    CHECK(process.claims_of(0).empty());
}

TEST_CASE("what is no object on the value stack does no harm", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    const Address lock = process.lock();
    process.add_thread(7);
    process.call({.ranges = {{.start = 0, .end = 30, .target = 31, .depth = 8}},
                  .unit = 4,
                  .stack = std::vector<Address>{{Address{0}},
                                                {Address{UINT64_MAX}},
                                                {Address{0x1230}},
                                                {Address{UINT64_MAX - 7}},
                                                {lock}} +
                           process.entered_lock(lock)});

    CHECK(objects_of(process.claims_of(0)) == std::vector{lock});
}

LockClaim claim(std::size_t thread, bool certain)
{
    return {.thread = thread, .certain = certain, .where = "work (app.py:7)"};
}

TEST_CASE("one thread can have a lock: two that claim it are both doubtful", "[waits]")
{
    const std::vector<Thread> threads(3);

    const auto one = choose_lock_owners(std::vector{claim(1, true), claim(2, false)}, threads);
    REQUIRE(one.size() == 1);
    CHECK(one[0].thread == 1);
    CHECK(one[0].certain);

    const auto two =
        choose_lock_owners(std::vector{claim(1, true), claim(1, true), claim(0, true)}, threads);
    REQUIRE(two.size() == 2);
    CHECK_FALSE(two[0].certain);
    CHECK_FALSE(two[1].certain);

    const auto doubtful = choose_lock_owners(std::vector{claim(2, false)}, threads);
    REQUIRE(doubtful.size() == 1);
    CHECK_FALSE(doubtful[0].certain);
}

}  // namespace
}  // namespace pycore::test
