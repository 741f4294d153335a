#include "waits/python_wait.hpp"

#include "support/catch.hpp"
#include "unit/waits/wait_process.hpp"

namespace pycore::test {
namespace {

constexpr Address semaphore{0x7e00'0000'1000};

/// One process for each layout and each way a lock can be.
WaitProcess any_process()
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    const bool parks = GENERATE(false, true);
    return WaitProcess(layout, parks);
}

TEST_CASE("a thread waits for the lock that its frame has just taken at hand", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock(semaphore);
    const Address other = process.lock(Address{semaphore.value + 64});
    const Address globals = process.add_module("app", {});
    const auto frame = process.frame("work", globals, {{"first", other}}, {other, lock});
    const std::size_t thread = process.add_thread({frame});

    const auto wait = process.find_wait(process.asleep_on(lock, semaphore), thread);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::lock);
    CHECK(wait->object == lock);
    CHECK(wait->frame == std::size_t{0});
    CHECK_FALSE(wait->idle);
}

TEST_CASE("a thread waits for no Python object where none has what it sleeps on", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock(semaphore);
    const auto frame =
        process.frame("work", process.add_module("app", {}), {{"lock", lock}}, {lock});
    const std::size_t thread = process.add_thread({frame});

    NativeState state = process.asleep_on(lock, Address{semaphore.value + 8});
    state.wait.parked = process.parks() ? Address{state.wait.parked.value + 8} : Address{};
    CHECK_FALSE(process.find_wait(state, thread));
    state = process.asleep_on(lock, semaphore);
    state.wait.kind = ResourceKind::gil;
    CHECK_FALSE(process.find_wait(state, thread));
}

/// Frames as `Condition.wait`, called by a function of the program, has them.
struct ConditionProcess {
    explicit ConditionProcess(WaitProcess& process, const std::string& module)
        : waiter(process.lock(semaphore)),
          inner(process.lock(Address{semaphore.value + 64})),
          condition(
              process.instance(process.heap_type("threading", "Condition"), {{"_lock", inner}}))
    {
        const Address library = process.add_module(module, {});
        const Address program = process.add_module("app", {});
        thread = process.add_thread(
            {process.frame("Condition.wait", library, {{"self", condition}, {"waiter", waiter}},
                           {inner, waiter}),
             process.frame("Condition.wait_for", library, {{"self", condition}}),
             process.frame("consume", program, {{"ready", condition}})});
    }

    Address waiter;
    Address inner;
    Address condition;
    std::size_t thread = 0;
};

TEST_CASE("who sleeps on its own lock in Condition.wait waits for the condition", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const ConditionProcess threads(process, "threading");
    const auto wait =
        process.find_wait(process.asleep_on(threads.waiter, semaphore), threads.thread);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::condition);
    CHECK(wait->object == threads.condition);
    CHECK(wait->frame == std::size_t{2});
    CHECK(wait->evidence.empty());
}

TEST_CASE("who takes the lock again after Condition.wait waits for the lock", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const ConditionProcess threads(process, "threading");
    const auto wait = process.find_wait(
        process.asleep_on(threads.inner, Address{semaphore.value + 64}), threads.thread);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::lock);
    CHECK(wait->object == threads.inner);
    CHECK(wait->frame == std::size_t{2});
    CHECK_FALSE(wait->evidence.empty());
}

TEST_CASE("functions that are only called like those of threading are the program's", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const ConditionProcess threads(process, "my_threading");
    const auto wait =
        process.find_wait(process.asleep_on(threads.waiter, semaphore), threads.thread);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::lock);
    CHECK(wait->object == threads.waiter);
    CHECK(wait->frame == std::size_t{0});
}

TEST_CASE(
    "a worker of a pool that waits for its queue is idle, and one that waits in a task is not",
    "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock(semaphore);
    const Address pools = process.add_module("concurrent.futures.thread", {});
    const Address program = process.add_module("app", {});
    const auto idle = process.frame("_worker", pools, {{"work_queue", lock}}, {lock});
    const auto busy = process.frame("_worker", pools, {{"work_queue", process.lock()}});
    const auto task = process.frame("task", program, {{"lock", lock}}, {lock});
    const std::size_t at_rest = process.add_thread({idle});
    const std::size_t at_work = process.add_thread({task, busy});

    const auto rest = process.find_wait(process.asleep_on(lock, semaphore), at_rest);
    REQUIRE(rest);
    CHECK(rest->idle);
    CHECK(rest->frame == std::size_t{0});
    const auto work = process.find_wait(process.asleep_on(lock, semaphore), at_work);
    REQUIRE(work);
    CHECK_FALSE(work->idle);
    CHECK(work->frame == std::size_t{0});
}

TEST_CASE("what a signal interrupted waits, not the handler", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock(semaphore);
    const Address globals = process.add_module("app", {});
    NativeCall trampoline = native_call("__restore_rt");
    trampoline.signal_frame = true;
    const std::size_t thread =
        process.add_thread({process.frame("handler", globals, {}), trampoline,
                            process.frame("work", globals, {{"lock", lock}}, {lock})});
    process.contexts[thread].interrupted = true;
    const auto wait = process.find_wait(process.asleep_on(lock, semaphore), thread);
    REQUIRE(wait);
    CHECK(wait->frame == std::size_t{2});
}

/// A `ThreadHandle` of _threadmodule.c.
Address add_handle(WaitProcess& process, std::uint64_t ident)
{
    const Address at = process.heap.allocate(72);
    process.heap.set(at, Field<std::uint64_t>{32}, ident);
    process.heap.set(at, Field<std::uint64_t>{40}, ident);
    process.heap.set(at, Field<std::int32_t>{48}, 1);
    process.heap.set(at, Field<std::int32_t>{52}, 3);
    return at;
}

TEST_CASE("a join waits for the thread of its handle", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address library = process.add_module("threading", {});
    const Address program = process.add_module("app", {});
    const Address worker = process.instance(process.heap_type("threading", "Thread"),
                                            {{"_ident", process.integer(0x7f00)}});
    const std::size_t joining =
        process.add_thread({process.frame("Thread.join", library, {{"self", worker}}),
                            process.frame("main", program, {})},
                           0x6f00);
    const std::size_t joined = process.add_thread({}, 0x7f00);
    NativeState state;
    state.wait.parked = Address{add_handle(process, 0x7f00).value + 57};
    const auto wait = process.find_wait(state, joining);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::thread);
    CHECK(wait->thread == joined);
    CHECK(wait->object == worker);
    CHECK(wait->awaited == std::uint64_t{0x7f00});
    CHECK(wait->frame == std::size_t{1});

    process.threads[joined].python_thread_id = 0x7f08;
    const auto gone = process.find_wait(state, joining);
    REQUIRE(gone);
    CHECK_FALSE(gone->thread);
    CHECK_FALSE(gone->evidence.empty());
}

TEST_CASE("up to 3.12 a join waits for the lock that a thread has while it lives", "[waits]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock(semaphore);
    const Address library = process.add_module("threading", {});
    const Address worker =
        process.instance(process.heap_type("threading", "Thread"),
                         {{"_ident", process.integer(0x7f00)}, {"_tstate_lock", lock}});
    const std::size_t joining =
        process.add_thread({process.frame("Thread._wait_for_tstate_lock", library,
                                          {{"self", worker}, {"lock", lock}}, {lock}),
                            process.frame("Thread.join", library, {{"self", worker}})},
                           0x6f00);
    const std::size_t joined = process.add_thread({}, 0x7f00);
    const auto wait = process.find_wait(process.asleep_on(lock, semaphore), joining);
    REQUIRE(wait);
    CHECK(wait->kind == ResourceKind::thread);
    CHECK(wait->thread == joined);
    CHECK(wait->object == worker);
}

}  // namespace
}  // namespace pycore::test
