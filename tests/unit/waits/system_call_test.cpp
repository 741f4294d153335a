#include "native_process.hpp"
#include "support/catch.hpp"
#include "waits/system_call_names.hpp"

namespace pycore::test {
namespace {

TEST_CASE("system calls have the names of asm/unistd_64.h", "[waits]")
{
    CHECK(name_of_system_call(0) == "read");
    CHECK(name_of_system_call(202) == "futex");
    CHECK(name_of_system_call(230) == "clock_nanosleep");
    CHECK(name_of_system_call(334) == "rseq");
    CHECK(name_of_system_call(335) == "syscall 335");
    CHECK(name_of_system_call(424) == "pidfd_send_signal");
    CHECK(name_of_system_call(450) == "set_mempolicy_home_node");
    CHECK(name_of_system_call(451) == "syscall 451");
    CHECK(name_of_system_call(UINT32_MAX) == "syscall 4294967295");
}

TEST_CASE("a thread that runs is in no system call", "[waits]")
{
    NativeProcess process;
    process.add_thread(7, {native_call("crunch")});
    const NativeState state = process.read();
    CHECK(state.activity == Activity::running_native);
    CHECK_FALSE(state.system_call.has_value());

    process.threads.back().stack = {frame(code("a.py", "f"), 1)};
    CHECK(process.read().activity == Activity::running_python);
}

TEST_CASE("a system call tells its file descriptor and timeout", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    SECTION("read")
    {
        process.enter(0, {5, at(0x200).value, 1});
        const NativeState state = process.read();
        CHECK(state.activity == Activity::in_system_call);
        REQUIRE(state.system_call.has_value());
        CHECK(state.system_call->name == "read");
        CHECK(state.system_call->fd == 5);
        CHECK_FALSE(state.system_call->timed);
        CHECK(state.system_call->certain);
    }
    SECTION("epoll_wait")
    {
        process.enter(232, {7, at(0x200).value, 1023, 2500}, interrupted_call);
        const auto call = process.read().system_call;
        REQUIRE(call.has_value());
        CHECK(call->fd == 7);
        CHECK(call->timed);
        CHECK(call->timeout == 2.5);
    }
    SECTION("poll of one, for ever")
    {
        process.write(at(0x200), std::int32_t{9});
        process.enter(7, {at(0x200).value, 1, 0xFFFF'FFFF});
        const auto call = process.read().system_call;
        REQUIRE(call.has_value());
        CHECK(call->fd == 9);
        CHECK_FALSE(call->timed);
    }
    SECTION("what select has left of its timeout is not what it was called with")
    {
        process.write(at(0x200), std::array<std::int64_t, 2>{3, 0});
        process.enter(270, {4, at(0x300).value, 0, 0, at(0x200).value});
        const auto call = process.read().system_call;
        REQUIRE(call.has_value());
        CHECK(call->timed);
        CHECK_FALSE(call->timeout.has_value());
    }
}

TEST_CASE("a system call that has its result is over", "[waits]")
{
    NativeProcess process;
    process.add_thread(7, {native_call("kill")});
    process.enter(62, {7, 6}, 0);
    const NativeState state = process.read();
    CHECK_FALSE(state.system_call.has_value());
    CHECK(state.activity == Activity::running_native);
}

TEST_CASE("a write that wrote a part of its bytes waits for room", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    process.enter(1, {5, at(0x200).value, 100'000}, 65'536);
    CHECK(process.read().activity == Activity::in_system_call);
    process.enter(1, {5, at(0x200).value, 65'536}, 65'536);
    CHECK_FALSE(process.read().system_call.has_value());
}

TEST_CASE("a thread sleeps when nothing but time can wake it", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    process.write(at(0x200), std::array<std::int64_t, 2>{900, 500'000'000});
    SECTION("for so long")
    {
        process.enter(230, {0, 0, at(0x200).value});
        const NativeState state = process.read();
        CHECK(state.activity == Activity::sleeping);
        CHECK(state.system_call->timeout == 900.5);
    }
    SECTION("until then")
    {
        process.enter(230, {1, 1, at(0x200).value});
        const NativeState state = process.read();
        CHECK(state.activity == Activity::sleeping);
        CHECK(state.system_call->timed);
        CHECK_FALSE(state.system_call->timeout.has_value());
    }
    SECTION("in select")
    {
        process.enter(270, {0, 0, 0, 0, at(0x200).value});
        CHECK(process.read().activity == Activity::sleeping);
    }
    SECTION("but not in select for ever")
    {
        process.enter(270, {0, 0, 0, 0, 0});
        CHECK(process.read().activity == Activity::in_system_call);
    }
}

TEST_CASE("waits for processes and files are waits", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    SECTION("a child")
    {
        process.enter(61, {4711, at(0x200).value});
        const NativeState state = process.read();
        CHECK(state.wait.kind == ResourceKind::child_process);
        CHECK(state.activity == Activity::waiting);
        CHECK(state.system_call->pid == 4711);
    }
    SECTION("any child")
    {
        process.enter(61, {UINT64_MAX, at(0x200).value});
        const NativeState state = process.read();
        CHECK(state.wait.kind == ResourceKind::child_process);
        CHECK_FALSE(state.system_call->pid.has_value());
    }
    SECTION("flock")
    {
        process.enter(73, {9, 2});
        CHECK(process.read().wait.kind == ResourceKind::file_lock);
    }
    SECTION("a lock of a part of a file")
    {
        process.enter(72, {9, GENERATE(7U, 38U), at(0x200).value});
        const NativeState state = process.read();
        CHECK(state.wait.kind == ResourceKind::file_lock);
        CHECK(state.system_call->fd == 9);
    }
    SECTION("any other fcntl")
    {
        process.enter(72, {9, 6, at(0x200).value});
        CHECK_FALSE(process.read().wait.kind.has_value());
    }
}

TEST_CASE("other machines are not guessed at", "[waits]")
{
    NativeProcess process;
    process.machine = Machine::aarch64;
    process.add_thread(7);
    process.enter(0, {5, at(0x200).value, 1});
    CHECK(process.read().activity == Activity::unknown);
    CHECK_FALSE(process.read().system_call.has_value());
}

}  // namespace
}  // namespace pycore::test
