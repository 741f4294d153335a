#include "unwind/signal_frame.hpp"

#include <cstring>

#include "support/catch.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

using Pcs = std::vector<std::uint64_t>;

constexpr Address handler_sp{0x10100};
constexpr Address trampoline{0x1400};
constexpr Address ucontext{0x10108};  // above the handler's return address
constexpr Address interrupted_sp{0x11000};

const Bytes no_caller = bytes_from({0x07, 16});

/// A handler at 0x1110 that returns to `trampoline`, and what the kernel saved.
StackBuilder handler(Address interrupted_pc)
{
    StackBuilder builder;
    builder.function({.start = Address{0x1100}, .size = 0x100, .instructions = {}});
    builder.function({.start = Address{0x1300}, .size = 0x100, .instructions = no_caller});
    builder.word(handler_sp, trampoline.value);
    builder.word(Address{ucontext.value + 160}, interrupted_sp.value);
    builder.word(Address{ucontext.value + 168}, interrupted_pc.value);
    builder.word(Address{ucontext.value + 184}, 0x33);
    builder.word(Address{ucontext.value + 304}, SIGSEGV);
    builder.word(Address{ucontext.value + 304 + 8}, 1);  // SEGV_MAPERR
    builder.word(Address{ucontext.value + 304 + 16}, 0x10);
    return builder;
}

void put_trampoline(StackBuilder& builder)
{
    builder.put_code(trampoline, bytes_from({0x48, 0xC7, 0xC0, 0x0F, 0, 0, 0, 0x0F, 0x05}));
}

TEST_CASE("what a signal interrupted is found through the trampoline's instructions", "[unwind]")
{
    auto builder = handler(Address{0x1310});
    put_trampoline(builder);

    const auto stack = builder.unwind(Address{0x1110}, handler_sp);

    CHECK(pcs(stack) == Pcs{0x1110, trampoline.value, 0x1310});
    CHECK(stack.stop == StackStop::finished);
    const NativeFrame& frame = stack.frames.at(1);
    CHECK(frame.signal_frame);
    CHECK(frame.ucontext == ucontext);
    CHECK(frame.signal_info == Address{ucontext.value + 304});
    CHECK(stack.frames.at(2).trust == Trust::context);
    CHECK(stack.frames.at(2).sp == interrupted_sp);
    CHECK_FALSE(stack.frames.at(2).return_address);
}

TEST_CASE("what a signal interrupted is found through the trampoline's call frame information",
          "[unwind]")
{
    auto builder = handler(Address{0x1310});
    // DW_CFA_def_cfa_expression and DW_CFA_expression as glibc has them: rsp and rip in ucontext.
    const Bytes instructions = bytes_from({0x0F, 4, 0x77, 0xA0, 0x01, 0x06,  // *(rsp + 160)
                                           0x10, 7, 3, 0x77, 0xA0, 0x01,     // rsp
                                           0x10, 16, 3, 0x77, 0xA8, 0x01});  // rip
    builder.function({.start = Address{trampoline.value - 1},
                      .size = 0x10,
                      .instructions = instructions,
                      .signal_frame = true});

    const auto stack = builder.unwind(Address{0x1110}, handler_sp);

    CHECK(pcs(stack) == Pcs{0x1110, trampoline.value, 0x1310});
    CHECK(stack.frames.at(1).ucontext == ucontext);
    CHECK(stack.frames.at(2).sp == interrupted_sp);
}

TEST_CASE("a signal frame is recognised where no instruction can be read", "[unwind]")
{
    auto builder = handler(Address{});
    builder.code_not_saved();

    // The handler has no call frame information that could be trusted: its pc is outside of any.
    const auto stack = builder.unwind(Address{0x1210}, handler_sp);

    REQUIRE(stack.frames.size() >= 3);
    CHECK(stack.frames[1].pc == trampoline);
    CHECK(stack.frames[1].signal_frame);
    CHECK(stack.frames[2].pc == Address{});
    CHECK(stack.frames[2].trust == Trust::context);
}

TEST_CASE("a call through a null pointer under a handler keeps its caller", "[unwind]")
{
    auto builder = handler(Address{});
    put_trampoline(builder);
    builder.return_address(interrupted_sp, Address{0x1340});

    CHECK(pcs(builder.unwind(Address{0x1110}, handler_sp)) ==
          Pcs{0x1110, trampoline.value, 0, 0x1340});
}

TEST_CASE("a signal frame that comes up again ends the walk", "[unwind]")
{
    auto builder = handler(Address{0x1110});
    put_trampoline(builder);
    builder.word(Address{ucontext.value + 160}, handler_sp.value);

    const auto stack = builder.unwind(Address{0x1110}, handler_sp);

    CHECK(stack.stop == StackStop::cycle);
    CHECK(stack.frames.size() == 4);
}

TEST_CASE("the interrupted registers and the original signal can be read", "[unwind]")
{
    CoreBuilder core;
    Bytes bytes(0x300);
    const auto put = [&bytes](std::size_t at, std::uint64_t value) {
        std::memcpy(&bytes.at(at), &value, sizeof(value));
    };
    put(128, 0xBBBB);  // rbx
    put(160, interrupted_sp.value);
    put(168, 0x1310);
    put(304, SIGSEGV);
    put(304 + 8, 1);
    put(304 + 16, 0x10);
    const AddressSpace memory(core.segment(Address{0x2'0000}, bytes).open());
    NativeFrame frame;
    frame.ucontext = Address{0x2'0000};
    frame.signal_info = Address{0x2'0000 + 304};

    const auto thread = read_interrupted_thread(memory, Machine::x86_64, frame);
    const auto signal = read_handled_signal(memory, Machine::x86_64, frame);

    REQUIRE(thread);
    CHECK(thread->pc == Address{0x1310});
    CHECK(thread->sp == interrupted_sp);
    CHECK(thread->general[5] == 0xBBBB);
    CHECK(thread->general[16] == 0x1310);
    CHECK(thread->general[19] == interrupted_sp.value);
    REQUIRE(signal);
    CHECK(signal->number == SIGSEGV);
    CHECK(signal->fault_address == Address{0x10});
}

/// A ucontext at 0x20000 with a page fault at `address`, and its siginfo_t.
struct SavedContext {
    Bytes bytes = Bytes(0x300);

    void put(std::size_t at, std::uint64_t value)
    {
        std::memcpy(&bytes.at(at), &value, sizeof(value));
    }
    [[nodiscard]] Result<SignalInfo> read() const
    {
        const AddressSpace memory(CoreBuilder().segment(Address{0x2'0000}, bytes).open());
        NativeFrame frame;
        frame.ucontext = Address{0x2'0000};
        frame.signal_info = Address{0x2'0000 + 304};
        return read_handled_signal(memory, Machine::x86_64, frame);
    }
};

TEST_CASE("a handler without SA_SIGINFO is told nothing, and the trap tells", "[unwind]")
{
    SavedContext saved;
    saved.put(192, 6);  // a write to what is not mapped
    saved.put(200, 14);
    saved.put(216, 0x28);
    saved.put(304, 0x5555'5555'5555);  // what an earlier call left there

    const auto signal = saved.read();

    REQUIRE(signal);
    CHECK(signal->number == SIGSEGV);
    CHECK(signal->code == SEGV_MAPERR);
    CHECK(signal->fault_address == Address{0x28});
}

TEST_CASE("a siginfo_t of an earlier signal is not taken", "[unwind]")
{
    SavedContext saved;
    saved.put(192, 7);
    saved.put(200, 14);
    saved.put(216, 0x28);
    saved.put(304, SIGSEGV);
    saved.put(304 + 8, SEGV_MAPERR);
    saved.put(304 + 16, 0x9999);

    const auto signal = saved.read();

    REQUIRE(signal);
    CHECK(signal->code == SEGV_ACCERR);
    CHECK(signal->fault_address == Address{0x28});
}

TEST_CASE("a signal that nothing tells about is not made up", "[unwind]")
{
    const auto signal = SavedContext{}.read();

    REQUIRE_FALSE(signal);
    CHECK(signal.fault().code == FaultCode::not_saved);
}

}  // namespace
}  // namespace pycore::test
