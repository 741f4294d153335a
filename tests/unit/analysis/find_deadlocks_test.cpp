#include "analysis/find_deadlocks.hpp"

#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using test::WaitBuilder;
using Threads = std::vector<std::size_t>;

std::vector<Deadlock> deadlocks_of(WaitBuilder& process)
{
    return find_deadlocks(process.snapshot().edit());
}

Threads threads_of(const Deadlock& deadlock)
{
    Threads threads;
    for (const DeadlockEdge& edge : deadlock.edges) {
        threads.push_back(edge.waiter);
    }
    return threads;
}

/// Threads in a ring: each holds the lock with its own number and waits for the next one's.
WaitBuilder ring(std::size_t count)
{
    WaitBuilder process;
    for (std::size_t i = 0; i < count; ++i) {
        process.thread("phil-" + std::to_string(i));
        process.resource(ResourceKind::lock, "forks[" + std::to_string(i) + "]");
    }
    for (std::size_t i = 0; i < count; ++i) {
        process.owner(i, i, OwnerEvidence::with_block, "eat (phi.py:9)");
        process.waits(i, (i + 1) % count, "eat (phi.py:10)");
    }
    return process;
}

TEST_CASE("threads that wait for each other's locks are one deadlock, in order", "[deadlocks]")
{
    WaitBuilder process = ring(5);
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == "lock");
    CHECK(found[0].certain);
    CHECK(threads_of(found[0]) == Threads{0, 1, 2, 3, 4});
    CHECK(found[0].edges[1].resource == 2);
    CHECK(found[0].edges[1].holder == 2);
    CHECK(found[0].edges[4].holder == 0);
    CHECK(found[0].behind.empty());
    CHECK(found[0].summary ==
          "Deadlock of 5 threads: phil-0 holds forks[0] (with, phi.py:9) and waits for forks[1] "
          "(phi.py:10), held by phil-1, which waits for forks[2], held by phil-2, which waits for "
          "forks[3], held by phil-3, which waits for forks[4], held by phil-4, which waits for "
          "forks[0]");
}

TEST_CASE("the crashed thread, which comes first, begins its circle", "[deadlocks]")
{
    WaitBuilder process = ring(3);
    std::swap(process.threads()[0], process.threads()[2]);
    process.resources()[0].owners[0].thread = 2;
    process.resources()[2].owners[0].thread = 0;
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(threads_of(found[0]) == Threads{0, 2, 1});
}

TEST_CASE("a circle that one thread can leave is no deadlock", "[deadlocks]")
{
    WaitBuilder process = ring(3);
    SECTION("because its wait has a time limit")
    {
        process.threads()[1].wait->timed = true;
    }
    SECTION("because it does not wait")
    {
        process.threads()[1].wait.reset();
    }
    SECTION("because nobody is known to hold what it waits for")
    {
        process.resources()[2].owners.clear();
    }
    SECTION("because only a reference to it is known")
    {
        process.resources()[2].owners[0].how = OwnerEvidence::reference;
        process.resources()[2].owners[0].certain = false;
    }
    SECTION("because a thread outside of the core has it")
    {
        process.resources()[2].owners[0].thread.reset();
    }
    SECTION("because another thread may have it, which runs")
    {
        process.thread("runs");
        process.resources()[2].owners[0].certain = false;
        process.owner(2, 3, OwnerEvidence::acquire_call);
    }
    SECTION("because it has nothing to do")
    {
        process.threads()[1].wait->idle = true;
    }
    SECTION("because a broken snapshot names threads and resources that are not")
    {
        process.resources()[2].owners[0].thread = 77;
        process.threads()[0].wait->resource = 99;
    }
    CHECK(deadlocks_of(process).empty());
}

TEST_CASE("threads behind a deadlock are told apart from those in it", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    const std::size_t third = process.thread("third");
    const std::size_t own = process.resource(ResourceKind::rlock, "own");
    process.owner(own, third);
    process.waits(third, 0);
    const std::size_t fourth = process.thread("fourth");
    process.waits(fourth, own);
    const std::size_t timed = process.thread("timed");
    process.waits(timed, own).timed = true;
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(threads_of(found[0]) == Threads{0, 1});
    CHECK(found[0].behind == Threads{third, fourth});
}

TEST_CASE("an owner for certain leaves no doubt about the others", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    const std::size_t runs = process.thread("runs");
    process.owner(0, runs, OwnerEvidence::acquire_call);
    process.owner(1, runs, OwnerEvidence::reference);
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(found[0].certain);
}

TEST_CASE("a deadlock is as certain as the weakest thing in it", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    SECTION("an owner")
    {
        process.resources()[1].owners[0].certain = false;
    }
    SECTION("a wait")
    {
        process.threads()[1].wait->certain = false;
    }
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].certain);
    CHECK_THAT(found[0].summary, test::contains("Possible deadlock of 2 threads: phil-0 holds"));
}

TEST_CASE("two threads are told with all their places", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    CHECK(deadlocks_of(process)[0].summary ==
          "Deadlock of 2 threads: phil-0 holds forks[0] (with, phi.py:9) and waits for forks[1] "
          "(phi.py:10), held by phil-1 (with, phi.py:9), which waits for forks[0] (phi.py:10)");
}

TEST_CASE("a long circle is told by its beginning and its end", "[deadlocks]")
{
    WaitBuilder process = ring(100);
    process.threads()[1].python_name = std::string(5'000, 'x');
    const std::string summary = deadlocks_of(process)[0].summary;
    CHECK_THAT(summary, test::contains("which waits for forks[4], and so on through 95 more "
                                       "threads to phil-99, which waits for forks[0]"));
    CHECK(summary.size() < 600);
}

TEST_CASE("a thread that waits for itself is a deadlock of one", "[deadlocks]")
{
    WaitBuilder process;
    const std::size_t main = process.thread("MainThread");
    SECTION("by a lock")
    {
        const std::size_t lock = process.resource(ResourceKind::lock, "lock");
        process.owner(lock, main, OwnerEvidence::with_block, "run (app.py:5)");
        process.waits(main, lock, "run (app.py:7)");
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == "self");
        CHECK(found[0].summary ==
              "Deadlock: MainThread waits for lock (app.py:7), which it holds "
              "itself (with, app.py:5)");
    }
    SECTION("by a join")
    {
        process.waits(main, process.end_of(main), "run (app.py:7)");
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].summary == "Deadlock: MainThread waits for itself to end (app.py:7)");
    }
    SECTION("but never by an RLock")
    {
        const std::size_t lock = process.resource(ResourceKind::rlock, "lock");
        process.owner(lock, main);
        process.waits(main, lock);
        CHECK(deadlocks_of(process).empty());
    }
}

TEST_CASE("the GIL and a mutex of C are one deadlock", "[deadlocks]")
{
    WaitBuilder process;
    const std::size_t a = process.thread("A");
    const std::size_t b = process.thread("B");
    const std::size_t gil = process.resource(ResourceKind::gil);
    const std::size_t mutex = process.resource(ResourceKind::pthread_mutex, "at 0x7f10");
    process.owner(gil, a);
    process.owner(mutex, b);
    process.waits(a, mutex, "lock_it");
    process.waits(b, gil).timed = true;  // as CPython waits for it
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == "gil");
    CHECK(found[0].summary ==
          "Deadlock of 2 threads: A holds the GIL and waits for pthread mutex at 0x7f10 (lock_it), "
          "held by B, which waits for the GIL");
}

TEST_CASE("waiting for the GIL of a thread that goes on is no deadlock", "[deadlocks]")
{
    WaitBuilder process;
    const std::size_t a = process.thread("A");
    const std::size_t b = process.thread("B");
    const std::size_t gil = process.resource(ResourceKind::gil);
    process.owner(gil, a);
    process.waits(b, gil).timed = true;
    CHECK(deadlocks_of(process).empty());
}

TEST_CASE("threads that join each other are told without a lock", "[deadlocks]")
{
    WaitBuilder process;
    const std::size_t a = process.thread("A");
    const std::size_t b = process.thread("B");
    process.waits(a, process.end_of(b), "f (a.py:1)");
    SECTION("alone")
    {
        process.waits(b, process.end_of(a), "f (a.py:2)");
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == "join");
        CHECK(found[0].summary ==
              "Deadlock of 2 threads: A waits for B to end (a.py:1), which "
              "waits for A to end (a.py:2)");
    }
    SECTION("and with a lock")
    {
        const std::size_t lock = process.resource(ResourceKind::lock, "lock");
        process.owner(lock, a);
        process.waits(b, lock, "f (a.py:2)");
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == "mixed");
        CHECK(found[0].summary ==
              "Deadlock of 2 threads: A holds lock and waits for B to end "
              "(a.py:1), which waits for lock (a.py:2)");
    }
}

TEST_CASE("every holder of a semaphore must be stuck", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    process.resources()[1].kind = ResourceKind::semaphore;
    const std::size_t other = process.thread("other");
    process.owner(1, other, OwnerEvidence::with_block);
    SECTION("one goes on")
    {
        CHECK(deadlocks_of(process).empty());
    }
    SECTION("all wait")
    {
        process.waits(other, 0);
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(threads_of(found[0]) == Threads{0, 1});
        CHECK_FALSE(found[0].certain);
        CHECK(found[0].behind == Threads{other});
    }
    SECTION("all wait, and there can be no other holder")
    {
        process.waits(other, 0);
        process.resources()[1].owners_certain = true;
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].certain);
    }
}

TEST_CASE("each circle is told once, the certain ones first", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    process.resources()[0].owners[0].certain = false;
    for (std::size_t i = 2; i < 5; ++i) {
        process.thread("phil-" + std::to_string(i));
        process.resource(ResourceKind::lock);
    }
    for (std::size_t i = 2; i < 5; ++i) {
        process.owner(i, i);
        process.waits(i, i == 4 ? 2 : i + 1);
    }
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 2);
    CHECK(threads_of(found[0]) == Threads{2, 3, 4});
    CHECK(threads_of(found[1]) == Threads{0, 1});
}

TEST_CASE("of a group that has several circles the shortest is told", "[deadlocks]")
{
    WaitBuilder process = ring(6);
    Owner& shortcut = process.owner(4, 1, OwnerEvidence::with_block);
    process.resources()[4].kind = ResourceKind::semaphore;
    shortcut.certain = true;
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(threads_of(found[0]) == Threads{1, 2, 3});
    CHECK(found[0].behind == Threads{0, 4, 5});
}

TEST_CASE("a kernel thread with two thread states is one thread", "[deadlocks]")
{
    WaitBuilder process = ring(2);
    const std::size_t again = process.thread("phil-1 elsewhere");
    process.threads()[again].tid = process.threads()[1].tid;
    process.resources()[1].owners[0].thread = again;
    const auto found = deadlocks_of(process);
    REQUIRE(found.size() == 1);
    CHECK(threads_of(found[0]) == Threads{0, 1});
}

TEST_CASE("a hundred thousand threads take no time", "[deadlocks]")
{
    constexpr std::size_t count = 100'000;
    WaitBuilder process;
    for (std::size_t i = 0; i < count; ++i) {
        process.thread("t");
    }
    SECTION("in one circle")
    {
        for (std::size_t i = 0; i < count; ++i) {
            process.resource(ResourceKind::lock);
            process.owner(i, i);
            process.waits(i, (i + 1) % count);
        }
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(found[0].edges.size() == count);
    }
    SECTION("half of them with one semaphore that the others wait for")
    {
        const std::size_t semaphore = process.resource(ResourceKind::semaphore);
        const std::size_t lock = process.resource(ResourceKind::lock);
        for (std::size_t i = 0; i < count; ++i) {
            if (i % 2 == 0) {
                process.owner(semaphore, i, OwnerEvidence::with_block);
            }
            process.waits(i, i % 2 == 0 ? lock : semaphore);
        }
        process.owner(lock, 1);
        const auto found = deadlocks_of(process);
        REQUIRE(found.size() == 1);
        CHECK(threads_of(found[0]) == Threads{0, 1});
        CHECK(found[0].behind.size() == count - 2);
    }
}

}  // namespace
}  // namespace pycore
