#include "threads/match_threads.hpp"

#include <elf.h>

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address main_stack{0x7ffe'0000};
constexpr Address worker_stack{0x7f10'0000};
constexpr std::uint64_t stack_bytes = 0x1'0000;

Address in(Address stack, std::uint64_t offset)
{
    return Address{stack.value + offset};
}

/// A process of two threads: 100 on the main stack, 101 on its own, with its descriptor on top.
CoreBuilder two_threads(Address worker_sp = in(worker_stack, 0x8000))
{
    CoreBuilder core;
    core.not_saved(main_stack, stack_bytes)
        .not_saved(worker_stack, stack_bytes)
        .process({.pid = 100, .command = {}, .arguments = {}})
        .auxiliary(AT_RANDOM, in(main_stack, 0xFF00).value)
        .thread({.tid = 100, .sp = in(main_stack, 0x8000), .thread_pointer = Address{0x7f00'1000}})
        .thread({.tid = 101, .sp = worker_sp, .thread_pointer = in(worker_stack, 0xF000)});
    return core;
}

ThreadState state(std::uint64_t thread_id, std::uint64_t native_thread_id)
{
    return {.at = Address{1}, .thread_id = thread_id, .native_thread_id = native_thread_id};
}

TEST_CASE("a thread state belongs to the thread whose pointer is its ident", "[threads]")
{
    const CoreFile core = two_threads().open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0x7f00'1000, 0), {}) == 0U);
    CHECK(matcher.find(state(in(worker_stack, 0xF000).value, 0), {}) == 1U);
}

TEST_CASE("the ident comes before the native id, which holds in one pid namespace", "[threads]")
{
    const CoreFile core = two_threads().open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(in(worker_stack, 0xF000).value, 100), {}) == 1U);
    CHECK(matcher.find(state(0, 101), {}) == 1U);
}

TEST_CASE("a thread state without any trace of a thread belongs to none", "[threads]")
{
    const CoreFile core = two_threads().open();
    const ThreadMatcher matcher(core);

    CHECK_FALSE(matcher.find(state(0, 0), {}));
    CHECK_FALSE(matcher.find(state(0xBAD, 999), Address{0x10}));
}

TEST_CASE("the stack decides before the ids, which may be of a sub-interpreter's maker",
          "[threads]")
{
    const CoreFile core = two_threads().open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0x7f00'1000, 100), in(worker_stack, 0x9000)) == 1U);
}

TEST_CASE("an address on no stack leaves it to the ids", "[threads]")
{
    const CoreFile core = two_threads().open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0x7f00'1000, 0), Address{0x5000}) == 0U);
}

TEST_CASE("an address below the stack pointer is not on that thread's stack", "[threads]")
{
    // With a descriptor elsewhere the mapping may be a heap in which a stack was made.
    const CoreFile core = CoreBuilder()
                              .not_saved(worker_stack, stack_bytes)
                              .thread({.tid = 100, .sp = in(worker_stack, 0x8000)})
                              .open();
    const ThreadMatcher matcher(core);

    CHECK_FALSE(matcher.find(state(0, 0), in(worker_stack, 0x7000)));
    CHECK(matcher.find(state(0, 0), in(worker_stack, 0x8000)) == 0U);
}

TEST_CASE("of two stacks in one mapping the one nearest below the address is meant", "[threads]")
{
    const CoreFile core = CoreBuilder()
                              .not_saved(worker_stack, stack_bytes)
                              .thread({.tid = 100, .sp = in(worker_stack, 0x8000)})
                              .thread({.tid = 101, .sp = in(worker_stack, 0x2000)})
                              .open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0, 0), in(worker_stack, 0x3000)) == 1U);
    CHECK(matcher.find(state(0, 0), in(worker_stack, 0x9000)) == 0U);
}

TEST_CASE("a thread on an alternate signal stack keeps its ordinary one", "[threads]")
{
    constexpr Address alternate{0x6000'0000};
    const CoreFile core = two_threads(in(alternate, 0x100)).not_saved(alternate, 0x1000).open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0, 0), in(worker_stack, 0x9000)) == 1U);
    CHECK(matcher.find(state(0, 0), in(alternate, 0x200)) == 1U);
}

TEST_CASE("the main thread on an alternate stack is known by the random bytes", "[threads]")
{
    constexpr Address alternate{0x6000'0000};
    const CoreFile core = CoreBuilder()
                              .not_saved(main_stack, stack_bytes)
                              .not_saved(alternate, 0x1000)
                              .process({.pid = 100, .command = {}, .arguments = {}})
                              .auxiliary(AT_RANDOM, in(main_stack, 0xFF00).value)
                              .thread({.tid = 101, .sp = Address{0x10}})
                              .thread({.tid = 100, .sp = in(alternate, 0x100)})
                              .open();
    const ThreadMatcher matcher(core);

    CHECK(matcher.find(state(0, 0), in(main_stack, 0x9000)) == 1U);
}

}  // namespace
}  // namespace pycore::test
