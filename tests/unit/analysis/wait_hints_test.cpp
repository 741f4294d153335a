#include <algorithm>

#include "analysis/check.hpp"
#include "analysis/find_deadlocks.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using test::WaitBuilder;
using Ids = std::vector<std::string>;

std::vector<Hint> hints_of(WaitBuilder& process)
{
    const Snapshot& snapshot = process.snapshot().edit();
    const auto deadlocks = find_deadlocks(snapshot);
    return find_hints({.snapshot = snapshot, .deadlocks = deadlocks});
}

Ids ids_of(const std::vector<Hint>& hints)
{
    Ids ids;
    for (const Hint& hint : hints) {
        ids.push_back(hint.id);
    }
    return ids;
}

const Hint& find(const std::vector<Hint>& hints, std::string_view id)
{
    const auto found = std::ranges::find(hints, id, &Hint::id);
    INFO("no hint " << id);
    REQUIRE(found != hints.end());
    return *found;
}

bool has(const std::vector<Hint>& hints, std::string_view id)
{
    return std::ranges::find(hints, id, &Hint::id) != hints.end();
}

/// A and B, each of which has a resource of one kind and waits for that of the other.
WaitBuilder two_stuck(ResourceKind a, ResourceKind b)
{
    WaitBuilder process;
    process.thread("A");
    process.thread("B");
    process.resource(a, "x");
    process.resource(b, "y");
    process.owner(0, 0, OwnerEvidence::with_block, "f (app.py:1)");
    process.owner(1, 1);
    process.waits(0, 1);
    process.waits(1, 0, "f (app.py:2)");
    return process;
}

TEST_CASE("each deadlock has one hint, by what is in it", "[hints]")
{
    using enum ResourceKind;
    const auto ids = [](ResourceKind a, ResourceKind b) {
        WaitBuilder process = two_stuck(a, b);
        return ids_of(hints_of(process));
    };
    CHECK(ids(lock, rlock) == Ids{"lock-cycle"});
    CHECK(ids(pthread_mutex, lock) == Ids{"lock-cycle"});
    CHECK(ids(gil, pthread_mutex) == Ids{"gil-and-lock"});
    CHECK(ids(import_lock, lock) == Ids{"import-deadlock"});
}

TEST_CASE("the hint of a deadlock says how it is known and who is behind", "[hints]")
{
    WaitBuilder process = two_stuck(ResourceKind::lock, ResourceKind::lock);
    process.waits(process.thread("C"), 0);
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"lock-cycle"});
    CHECK(hints[0].severity == Severity::error);
    CHECK(hints[0].confidence == Confidence::high);
    CHECK(hints[0].title == "2 threads wait for each other's locks");
    CHECK(hints[0].threads == std::vector<std::int32_t>{100, 101});
    CHECK(hints[0].evidence == std::vector<std::string>{"B holds y: the object records its owner",
                                                        "A holds x: inside `with` in f (app.py:1)",
                                                        "1 more thread waits for these"});
}

TEST_CASE("a thousand threads in a circle are told by a few", "[hints]")
{
    WaitBuilder process;
    for (std::size_t i = 0; i < 1'000; ++i) {
        process.owner(process.resource(ResourceKind::lock), process.thread("t"));
    }
    for (std::size_t i = 0; i < 1'000; ++i) {
        process.waits(i, (i + 1) % 1'000);
    }
    const auto hints = hints_of(process);
    REQUIRE(hints.size() == 1);
    CHECK(hints[0].evidence.size() == 9);
}

TEST_CASE("joins have their own hints", "[hints]")
{
    WaitBuilder process;
    const std::size_t a = process.thread("A");
    const std::size_t b = process.thread("B");
    process.waits(a, process.end_of(b), "f (app.py:3)");
    SECTION("each other")
    {
        process.waits(b, process.end_of(a));
        CHECK(ids_of(hints_of(process)) == Ids{"join-cycle"});
    }
    SECTION("oneself")
    {
        process.waits(b, process.end_of(b));
        const auto hints = hints_of(process);
        CHECK(ids_of(hints) == Ids{"join-dead-end", "join-dead-end"});
        CHECK(hints[0].title == "A thread waits for its own end");
        CHECK(hints[1].title == "1 thread waits for the end of a thread in a deadlock");
        CHECK(hints[1].severity == Severity::info);
        CHECK(hints[1].evidence ==
              std::vector<std::string>{"A joins B (app.py:3)", "B waits for itself to end"});
    }
    SECTION("one that nothing seems to wake")
    {
        const std::size_t event = process.resource(ResourceKind::event, "done");
        process.owner(event, a, OwnerEvidence::reference);
        process.owner(event, b, OwnerEvidence::reference);
        process.waits(b, event);
        const auto hints = hints_of(process);
        CHECK(ids_of(hints) == Ids{"all-idle", "join-dead-end", "no-signaller"});
        CHECK(find(hints, "join-dead-end").severity == Severity::info);
        CHECK(find(hints, "join-dead-end").confidence == Confidence::low);
        CHECK(find(hints, "no-signaller").evidence ==
              std::vector<std::string>{"B waits for done",
                                       "A waits for B to end (app.py:3), and refers to it"});
    }
    SECTION("one that goes on")
    {
        CHECK(hints_of(process).empty());
    }
}

TEST_CASE("a signal that may still come is none that is missing", "[hints]")
{
    WaitBuilder process;
    const std::size_t event = process.resource(ResourceKind::event, "done");
    const std::size_t waiter = process.thread("waiter");
    const std::size_t other = process.thread("other");
    process.owner(event, waiter, OwnerEvidence::reference);
    process.waits(waiter, event);
    SECTION("from a thread that runs")
    {
        process.owner(event, other, OwnerEvidence::reference);
        CHECK_FALSE(has(hints_of(process), "no-signaller"));
    }
    SECTION("because the wait ends")
    {
        process.threads()[waiter].wait->timed = true;
        CHECK_FALSE(has(hints_of(process), "no-signaller"));
    }
    SECTION("because it only has nothing to do")
    {
        process.threads()[waiter].wait->idle = true;
        CHECK_FALSE(has(hints_of(process), "no-signaller"));
    }
    SECTION("though it is doubtful where no thread is known to refer to it")
    {
        process.resources()[event].owners.clear();
        const auto hints = hints_of(process);
        const auto hint = std::ranges::find(hints, "no-signaller", &Hint::id);
        REQUIRE(hint != hints.end());
        CHECK(hint->severity == Severity::info);
        CHECK(hint->confidence == Confidence::low);
    }
    SECTION("but nobody else refers to it")
    {
        CHECK(find(hints_of(process), "no-signaller").confidence == Confidence::low);
        process.resources()[event].owners_certain = true;
        CHECK(find(hints_of(process), "no-signaller").confidence == Confidence::high);
        CHECK(find(hints_of(process), "no-signaller").severity == Severity::warning);
    }
}

TEST_CASE("a process in which nothing runs is idle", "[hints]")
{
    WaitBuilder process;
    process.threads()[process.thread("a")].activity = Activity::sleeping;
    const std::size_t b = process.thread("b");
    process.threads()[b].activity = Activity::in_system_call;
    process.threads()[b].system_call = SystemCall{.name = "epoll_wait"};
    const std::size_t c = process.thread("c");
    process.threads()[c].activity = Activity::in_system_call;
    process.threads()[c].system_call = SystemCall{.name = "epoll_wait"};
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"all-idle"});
    CHECK(hints[0].severity == Severity::info);
    CHECK(hints[0].evidence == std::vector<std::string>{"a: sleeps", "b and c: is in epoll_wait"});
    process.threads()[b].activity = Activity::unknown;
    CHECK(hints_of(process).empty());
}

TEST_CASE("many threads behind one that goes on are contention", "[hints]")
{
    WaitBuilder process;
    const std::size_t lock = process.resource(ResourceKind::lock, "lock");
    process.owner(lock, process.thread("holder"), OwnerEvidence::with_block, "f (app.py:3)");
    for (int i = 0; i < 2; ++i) {
        process.waits(process.thread("waiter"), lock);
    }
    CHECK(hints_of(process).empty());
    process.waits(process.thread("waiter"), lock).timed = true;
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"contention"});
    CHECK(hints[0].title == "3 threads wait for lock");
    CHECK(hints[0].severity == Severity::info);
    CHECK(hints[0].evidence ==
          std::vector<std::string>{"holder holds it (with, app.py:3)", "holder runs Python"});
    process.resources()[lock].kind = ResourceKind::event;
    CHECK_FALSE(has(hints_of(process), "contention"));
}

TEST_CASE("a thread that runs with the GIL before others is told", "[hints]")
{
    WaitBuilder process;
    process.thread("busy");
    Gil gil{.held = true, .holder = 0, .waiters = {}};
    const std::size_t resource = process.resource(ResourceKind::gil);
    process.owner(resource, 0);
    for (int i = 0; i < 3; ++i) {
        gil.waiters.push_back(process.thread("waiter"));
        process.waits(gil.waiters.back(), resource).timed = true;
    }
    process.snapshot().edit().interpreters[0].gil = gil;
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"gil-hog"});
    CHECK(hints[0].title == "3 threads wait for the GIL, which busy holds");
    CHECK(hints[0].severity == Severity::info);
    process.threads()[0].activity = Activity::in_system_call;
    CHECK_FALSE(has(hints_of(process), "gil-hog"));
}

TEST_CASE("a lock of a thread that is no more is orphaned", "[hints]")
{
    WaitBuilder process;
    const std::size_t lock = process.resource(ResourceKind::rlock, "lock");
    const std::size_t main = process.thread("MainThread");
    const std::size_t other = process.thread("other");
    Owner& owner = process.owner(lock, other);
    process.waits(main, lock);
    CHECK_FALSE(has(hints_of(process), "orphaned-lock"));

    SECTION("as it has ended")
    {
        owner.thread.reset();
        owner.tid = 4713;
        const auto hints = hints_of(process);
        REQUIRE(ids_of(hints) == Ids{"orphaned-lock"});
        CHECK(hints[0].severity == Severity::error);
        CHECK(hints[0].title == "lock is held by a thread that is not there");
        CHECK(hints[0].evidence ==
              std::vector<std::string>{"the owner is thread 4713: the object records its owner",
                                       "MainThread waits for lock"});
    }
    SECTION("as it was stopped for good")
    {
        process.threads()[other].activity = Activity::hanging_at_exit;
        CHECK(find(hints_of(process), "orphaned-lock").title ==
              "lock is held by a thread that was stopped");
    }
    SECTION("as there is one thread, which does not hold it")
    {
        process.resources()[lock].kind = ResourceKind::lock;
        process.resources()[lock].owners.clear();
        CHECK_FALSE(has(hints_of(process), "orphaned-lock"));
        process.threads().pop_back();
        CHECK(find(hints_of(process), "orphaned-lock").confidence == Confidence::medium);
    }
    SECTION("unless another process may have it")
    {
        owner.thread.reset();
        process.resources()[lock].kind = ResourceKind::process_semaphore;
        CHECK_FALSE(has(hints_of(process), "orphaned-lock"));
    }
}

StackFrame python(std::string file, std::string name)
{
    return test::frame(test::code(std::move(file), std::move(name)), 1);
}

TEST_CASE("fork and threads do not go together", "[hints]")
{
    WaitBuilder process;
    const std::size_t main = process.thread("MainThread");
    SECTION("in a child that waits for what remained in the parent")
    {
        process.threads()[main].stack = {
            python("/usr/lib/python3.11/multiprocessing/process.py", "_bootstrap"),
            python("/usr/lib/python3.11/multiprocessing/popen_fork.py", "_launch")};
        process.waits(main, process.resource(ResourceKind::lock, "lock"));
        CHECK(has(hints_of(process), "fork-with-threads"));
        CHECK_FALSE(has(hints_of(process), "orphaned-lock"));
        process.resources()[0].kind = ResourceKind::process_semaphore;
        CHECK_FALSE(has(hints_of(process), "fork-with-threads"));
    }
    SECTION("in a parent")
    {
        process.threads()[main].stack = {test::native_call("__libc_fork"), python("app.py", "f")};
        CHECK(hints_of(process).empty());
        process.thread("other");
        const auto hints = hints_of(process);
        REQUIRE(ids_of(hints) == Ids{"fork-with-threads"});
        CHECK(hints[0].severity == Severity::info);
        CHECK(hints[0].title == "MainThread forks a process of 2 threads");
    }
}

TEST_CASE("a program that is over may wait for a thread", "[hints]")
{
    WaitBuilder process;
    const std::size_t main = process.thread("MainThread");
    const std::size_t worker = process.thread("worker");
    process.threads()[main].stack = {python("/usr/lib/python3.13/threading.py", "_shutdown")};
    process.waits(main, process.end_of(worker));
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"finalization-stuck"});
    CHECK(hints[0].severity == Severity::info);
    CHECK(hints[0].title == "The program is over, and waits for worker to end");
    CHECK(hints[0].threads == std::vector<std::int32_t>{100, 101});

    const std::size_t lock = process.resource(ResourceKind::lock, "lock");
    process.owner(lock, worker);
    process.waits(worker, lock);
    CHECK(find(hints_of(process), "finalization-stuck").severity == Severity::warning);
}

TEST_CASE("what ran when the process died is told", "[hints]")
{
    WaitBuilder process;
    process.thread("MainThread");
    process.snapshot().segfault_at_null();
    Snapshot& snapshot = process.snapshot().edit();
    CHECK(hints_of(process).empty());
    SECTION("the collector")
    {
        snapshot.interpreters[0].gc_running = true;
        CHECK(find(hints_of(process), "gc-at-crash").confidence == Confidence::medium);
        process.threads()[0].activity = Activity::collecting_garbage;
        CHECK(find(hints_of(process), "gc-at-crash").confidence == Confidence::high);
        CHECK(find(hints_of(process), "gc-at-crash").severity == Severity::warning);
        snapshot.crash->signal.number = 15;
        snapshot.crash->signal.code = 0;
        CHECK(find(hints_of(process), "gc-at-crash").severity == Severity::info);
    }
    SECTION("a daemon at the end of the interpreter")
    {
        snapshot.interpreters[0].finalizing = true;
        const auto hints = hints_of(process);
        REQUIRE(ids_of(hints) == Ids{"daemon-at-exit"});
        CHECK(hints[0].severity == Severity::warning);
        CHECK(hints[0].title == "MainThread crashed while the interpreter ends");
        snapshot.process.pid = 100;
        CHECK(hints_of(process).empty());
    }
}

TEST_CASE("a thread that looks for a handler may be looking for ever", "[hints]")
{
    WaitBuilder process;
    Thread& thread = process.threads()[process.thread("MainThread")];
    thread.gil = GilState::held;
    thread.exception.emplace().type = "MemoryError";
    CHECK(hints_of(process).empty());
    thread.exception_raised = true;
    const auto hints = hints_of(process);
    REQUIRE(ids_of(hints) == Ids{"exception-loop"});
    CHECK(hints[0].severity == Severity::info);
    CHECK(hints[0].confidence == Confidence::low);
    process.snapshot().segfault_at_null();
    CHECK(hints_of(process).empty());
}

}  // namespace
}  // namespace pycore
