#include "native_process.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t futex = 202;
constexpr Address gil = NativeProcess::gil;
constexpr Address state_of_7{0x9000};
constexpr Address state_of_8{0x9100};

/// Thread 8 holds the GIL, and thread 7, the last one, has a thread state.
NativeProcess two_threads()
{
    NativeProcess process;
    process.add_thread(8, {frame(code("a.py", "f"), 1)});
    process.contexts.back().states.push_back({.at = state_of_8, .interpreter = 0});
    process.add_thread(7, {native_call("wait"), frame(code("a.py", "g"), 2)});
    process.contexts.back().states.push_back({.at = state_of_7, .interpreter = 0});
    process.write(Address{gil.value + 8}, state_of_8);
    process.write(Address{gil.value + 16}, std::int32_t{1});
    return process;
}

TEST_CASE("who sleeps on a word of the GIL waits for it", "[waits]")
{
    NativeProcess process = two_threads();
    const std::uint64_t offset = GENERATE(72U, 76U, 80U, 160U, 168U);
    process.enter(futex, {gil.value + offset, futex_wait_bitset_private, 0, 0x10000});
    const NativeState state = process.read();
    CHECK(state.activity == Activity::waiting);
    CHECK(state.wait.kind == ResourceKind::gil);
    CHECK(state.wait.interpreter == 0);
    CHECK(state.gil == GilState::waiting);
    CHECK_FALSE(state.wait.timed);
}

TEST_CASE("a waiter whose few milliseconds are over waits on", "[waits]")
{
    NativeProcess process = two_threads();
    process.enter(futex, {gil.value + 72, futex_wait_bitset_private, 0, 0x10000},
                  static_cast<std::uint64_t>(-110));
    CHECK(process.read().wait.kind == ResourceKind::gil);

    process.write(Address{gil.value + 8}, state_of_7);
    CHECK_FALSE(process.read().wait.kind.has_value());
    CHECK(process.read().gil == GilState::held);
}

TEST_CASE("other words near it are not the GIL", "[waits]")
{
    NativeProcess process = two_threads();
    const std::uint64_t offset = GENERATE(24U, 208U);
    process.enter(futex, {gil.value + offset, futex_wait_bitset_private, 0});
    CHECK(process.read().wait.kind != ResourceKind::gil);
}

TEST_CASE("a thread without the GIL has let it go, or is not in Python", "[waits]")
{
    NativeProcess process = two_threads();
    CHECK(process.read().gil == GilState::released);
    process.threads.back().stack = {native_call("work")};
    CHECK(process.read().gil == GilState::detached);
    process.contexts.back().states.clear();
    CHECK_FALSE(process.read().gil.has_value());
}

TEST_CASE("who has the GIL while garbage is collected collects it", "[waits]")
{
    NativeProcess process = two_threads();
    process.interpreters.front().gc_running = true;
    CHECK(process.read().activity == Activity::running_native);
    process.write(Address{gil.value + 8}, state_of_7);
    CHECK(process.read().activity == Activity::collecting_garbage);

    process.write(at(0x200), std::array<std::int64_t, 2>{9, 0});
    process.enter(230, {1, 0, at(0x200).value});
    CHECK(process.read().activity == Activity::sleeping);
}

TEST_CASE("the functions that run tell of a collection and of the end", "[waits]")
{
    NativeProcess process;
    const auto inner = frame(code("a.py", "__del__"), 1);
    process.add_thread(7, {inner, native_call("gc_collect_main"), frame(code("a.py", "f"), 2)});
    CHECK(process.read().activity == Activity::collecting_garbage);
    process.threads.back().stack = {inner, native_call("Py_FinalizeEx")};
    CHECK(process.read().activity == Activity::finalizing);
    process.threads.back().stack = {inner, frame(code("/usr/lib/threading.py", "_shutdown"), 9)};
    CHECK(process.read().activity == Activity::finalizing);
    process.threads.back().stack.emplace_back(frame(code("mine.py", "_shutdown"), 9));
    CHECK(process.read().activity == Activity::running_python);
}

TEST_CASE("a thread pauses for ever once its interpreter has ended", "[waits]")
{
    NativeProcess process = two_threads();
    process.threads.back().stack = {native_call("pause", 1), native_call("", 0)};
    process.enter(34, {});
    CHECK(process.read().activity == Activity::in_system_call);
    process.interpreters.front().finalizing = true;
    CHECK(process.read().activity == Activity::hanging_at_exit);
    process.threads.back().stack = {native_call("pause", 1), native_call("", 2)};
    CHECK(process.read().activity == Activity::in_system_call);
    process.threads.back().stack = {native_call("pause"), native_call("PyThread_hang_thread")};
    CHECK(process.read().activity == Activity::hanging_at_exit);
}

TEST_CASE("without its file CPython does not tell what it runs with the GIL", "[waits]")
{
    NativeProcess process = two_threads();
    process.threads.back().stack = {native_call("", 0), frame(code("a.py", "f"), 1)};
    CHECK(process.read().activity == Activity::running_native);
    process.write(Address{gil.value + 8}, state_of_7);
    CHECK(process.read().activity == Activity::unknown);
    process.threads.back().stack = {native_call("", 1), frame(code("a.py", "f"), 1)};
    CHECK(process.read().activity == Activity::running_native);
}

}  // namespace
}  // namespace pycore::test
