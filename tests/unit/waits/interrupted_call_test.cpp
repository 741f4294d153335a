#include "native_process.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

/// A thread that a signal interrupted in a system call with these arguments.
NativeProcess interrupted(std::array<std::uint64_t, 6> arguments,
                          std::vector<StackFrame> stack = {},
                          std::uint64_t result = interrupted_call)
{
    NativeProcess process;
    NativeCall signal = native_call("__restore_rt");
    signal.signal_frame = true;
    stack.insert(stack.begin(), {native_call("raise"), signal});
    process.add_thread(7, std::move(stack));
    process.enter(0, arguments, result);
    process.interrupt();
    return process;
}

TEST_CASE("a call to be made again has kept its number", "[waits]")
{
    NativeProcess process = interrupted({5, at(0x200).value, 1}, {}, 45);
    process.contexts.back().registers->general[11] += 2;
    const NativeState state = process.read();
    REQUIRE(state.system_call.has_value());
    CHECK(state.system_call->name == "recvfrom");
    CHECK(state.system_call->fd == 5);
    CHECK(state.system_call->certain);
}

TEST_CASE("the number is in the instructions before the call", "[waits]")
{
    NativeProcess process = interrupted({5, at(0x200).value, 1});
    auto& registers = *process.contexts.back().registers;
    registers.pc = at(0x407);
    registers.general[11] = registers.pc.value;
    SECTION("mov eax, 288; syscall")
    {
        process.write(at(0x400),
                      std::array<std::uint8_t, 7>{0xB8, 0x20, 0x01, 0x00, 0x00, 0x0F, 0x05});
        REQUIRE(process.read().system_call.has_value());
        CHECK(process.read().system_call->name == "accept4");
        CHECK(process.read().system_call->certain);
    }
    SECTION("xor eax, eax; syscall")
    {
        process.write(at(0x400),
                      std::array<std::uint8_t, 7>{0x90, 0x90, 0x90, 0x31, 0xC0, 0x0F, 0x05});
        REQUIRE(process.read().system_call.has_value());
        CHECK(process.read().system_call->name == "read");
    }
    SECTION("anything else")
    {
        process.write(at(0x400),
                      std::array<std::uint8_t, 7>{0xB8, 0x20, 0x01, 0x00, 0x00, 0x0F, 0x34});
        CHECK_FALSE(process.read().system_call.has_value());
        CHECK(process.read().activity == Activity::in_system_call);
    }
}

TEST_CASE("without the instructions a futex tells by its shape", "[waits]")
{
    const NativeState state = interrupted({at(0x200).value, futex_wait_bitset_private, 0}).read();
    REQUIRE(state.system_call.has_value());
    CHECK(state.system_call->name == "futex");
    CHECK_FALSE(state.system_call->certain);
    CHECK(state.activity == Activity::waiting);
    CHECK(state.wait.word == at(0x200));
    CHECK_FALSE(state.wait.certain);
}

TEST_CASE("without the instructions a sleep tells by its time", "[waits]")
{
    NativeProcess process = interrupted({1, 1, at(0x200).value});
    process.write(at(0x200), std::array<std::int64_t, 2>{900, 999'999'999});
    CHECK(process.read().activity == Activity::sleeping);
    process.write(at(0x200), std::array<std::int64_t, 2>{900, 1'000'000'000});
    CHECK(process.read().activity == Activity::in_system_call);
}

TEST_CASE("the function that makes the call tells it, if it is not the handler's", "[waits]")
{
    const NativeState state = interrupted({5, 0, 1}, {native_call("__read")}).read();
    REQUIRE(state.system_call.has_value());
    CHECK(state.system_call->name == "read");
    CHECK_FALSE(state.system_call->certain);
}

TEST_CASE("a signal that came between two instructions interrupted no call", "[waits]")
{
    NativeProcess process = interrupted({5, 0, 1}, {native_call("read")});
    process.contexts.back().registers->general[11] = 0x1234;
    CHECK(process.read().activity == Activity::running_native);
    CHECK_FALSE(process.read().system_call.has_value());
}

TEST_CASE("what a debugger has stopped and let go has lost its number, too", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    process.write(at(0x200), std::array<std::int64_t, 2>{900, 0});
    process.enter(219, {0, 0, at(0x200).value});
    const NativeState state = process.read();
    CHECK(state.activity == Activity::sleeping);
    CHECK_FALSE(state.system_call->certain);
}

}  // namespace
}  // namespace pycore::test
