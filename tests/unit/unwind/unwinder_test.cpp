#include "unwind/unwinder.hpp"

#include <array>

#include "support/catch.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

using Pcs = std::vector<std::uint64_t>;

constexpr Address inner{0x1100};
constexpr Address middle{0x1200};
constexpr Address outer{0x1300};
constexpr Address sp{0x10100};

// DW_CFA_def_cfa_offset 32
const Bytes frame_of_32_bytes = bytes_from({0x0E, 32});
// DW_CFA_undefined rip
const Bytes no_caller = bytes_from({0x07, 16});
// DW_CFA_def_cfa_offset 16; rbp at CFA - 16; DW_CFA_def_cfa_register rbp
const Bytes with_frame_pointer = bytes_from({0x0E, 16, 0x86, 2, 0x0D, 6});

StackBuilder three_functions()
{
    StackBuilder builder;
    builder.function({.start = inner, .size = 0x100, .instructions = frame_of_32_bytes});
    builder.function({.start = middle, .size = 0x100, .instructions = {}});
    builder.function({.start = outer, .size = 0x100, .instructions = no_caller});
    return builder;
}

TEST_CASE("frames are found by call frame information up to the one marked outermost", "[unwind]")
{
    auto builder = three_functions();
    builder.return_address(Address{sp.value + 24}, Address{0x1240});
    builder.return_address(Address{sp.value + 32}, Address{0x1340});

    const auto stack = builder.unwind(Address{0x1110}, sp);

    CHECK(pcs(stack) == Pcs{0x1110, 0x1240, 0x1340});
    CHECK(stack.stop == StackStop::finished);
    CHECK(stack.frames[0].trust == Trust::context);
    CHECK(stack.frames[0].cfa == Address{sp.value + 32});
    CHECK(stack.frames[1].trust == Trust::cfi);
    CHECK(stack.frames[1].sp == Address{sp.value + 32});
    CHECK(stack.frames[1].module == 0);
}

TEST_CASE("a register saved by a callee is the caller's again", "[unwind]")
{
    StackBuilder builder;
    builder.function(
        {.start = inner, .size = 0x100, .instructions = bytes_from({0x0E, 16, 0x86, 2})});
    builder.function({.start = middle, .size = 0x100, .instructions = with_frame_pointer});
    builder.function({.start = outer, .size = 0x100, .instructions = no_caller});
    builder.word(sp, 0x10200);
    builder.return_address(Address{sp.value + 8}, Address{0x1240});
    builder.return_address(Address{0x10208}, Address{0x1340});

    CHECK(pcs(builder.unwind(Address{0x1110}, sp, 0xBAD)) == Pcs{0x1110, 0x1240, 0x1340});
}

TEST_CASE("the registers of a frame are those that its callees kept", "[unwind]")
{
    StackBuilder builder;
    builder.function(
        {.start = inner, .size = 0x100, .instructions = bytes_from({0x0E, 16, 0x86, 2})});
    builder.function({.start = middle, .size = 0x100, .instructions = with_frame_pointer});
    builder.function({.start = outer, .size = 0x100, .instructions = no_caller});
    builder.word(sp, 0x10200);
    builder.return_address(Address{sp.value + 8}, Address{0x1240});
    builder.word(Address{0x10200}, 0x5A);
    builder.return_address(Address{0x10208}, Address{0x1340});
    ThreadRegisters thread;
    thread.pc = Address{0x1110};
    thread.sp = sp;
    thread.general[4] = 0xBAD;  // rbp
    thread.general[5] = 0xB0;   // rbx
    const auto stack = builder.unwind(thread);
    REQUIRE(stack.frames.size() == 3);

    builder.visit([&](const AddressSpace& memory, std::span<const Module> modules) {
        Deadline deadline(Limits{}.max_time);
        Unwinder unwinder(Machine::x86_64, memory, modules);
        const std::array<std::uint64_t, 3> frame_pointers{0xBAD, 0x10200, 0x5A};
        for (std::size_t index = 0; index < stack.frames.size(); ++index) {
            const auto registers =
                unwinder.registers_of_frame(thread, stack.frames[index], deadline);
            REQUIRE(registers.has_value());
            CHECK(registers->value(6) == frame_pointers[index]);
            CHECK(registers->value(3) == 0xB0);
            CHECK(registers->value(7) == stack.frames[index].sp.value);
        }
        NativeFrame other = stack.frames[1];
        other.sp = Address{other.sp.value + 8};
        CHECK_FALSE(unwinder.registers_of_frame(thread, other, deadline).has_value());
    });
}

TEST_CASE("a caller is looked up by the call, not by what follows it", "[unwind]")
{
    auto builder = three_functions();
    builder.return_address(Address{sp.value + 24}, outer);  // the last instruction of `middle`
    builder.return_address(Address{sp.value + 32}, Address{0x1340});

    CHECK(pcs(builder.unwind(Address{0x1110}, sp)) == Pcs{0x1110, outer.value, 0x1340});
}

TEST_CASE("a call through a null pointer has its caller on top of the stack", "[unwind]")
{
    auto builder = three_functions();
    builder.return_address(sp, Address{0x1240});
    builder.return_address(Address{sp.value + 8}, Address{0x1340});

    const auto stack = builder.unwind(Address{}, sp);

    CHECK(pcs(stack) == Pcs{0, 0x1240, 0x1340});
    CHECK_FALSE(stack.frames[0].executable);
    CHECK(stack.frames[1].trust == Trust::inferred);
    CHECK(stack.frames[2].trust == Trust::cfi);
}

TEST_CASE("after a jump to a smashed return address the stack is searched", "[unwind]")
{
    auto builder = three_functions();
    builder.word(sp, 0x4141'4141'4141'4141);
    builder.word(Address{sp.value + 8}, 0x1230);  // code, but no call before it
    builder.return_address(Address{sp.value + 64}, Address{0x1340});

    const auto stack = builder.unwind(Address{0x4141'4141'4141'4141}, sp);

    CHECK(pcs(stack) == Pcs{0x4141'4141'4141'4141, 0x1340});
    CHECK(stack.frames[1].trust == Trust::scan);
    CHECK(stack.frames[1].sp == Address{sp.value + 72});
}

TEST_CASE("a smashed return address does not hide the callers above it", "[unwind]")
{
    auto builder = three_functions();
    builder.word(Address{sp.value + 24}, 0xDEAD'BEEF);
    builder.return_address(Address{sp.value + 80}, Address{0x1340});

    const auto stack = builder.unwind(Address{0x1110}, sp);

    CHECK(pcs(stack) == Pcs{0x1110, 0x1340});
    CHECK(stack.frames[1].trust == Trust::scan);
}

TEST_CASE("without call frame information the frame pointer leads to the caller", "[unwind]")
{
    StackBuilder builder;
    builder.function({.start = outer, .size = 0x100, .instructions = no_caller});
    builder.word(Address{0x10200}, 0x10300);
    builder.return_address(Address{0x10208}, Address{0x1340});
    builder.return_address(Address{sp.value + 16},
                           Address{0x1240});  // left there by an earlier call

    const auto stack = builder.unwind(Address{0x1110}, sp, 0x10200);

    CHECK(pcs(stack) == Pcs{0x1110, 0x1340});
    CHECK(stack.frames[1].trust == Trust::frame_pointer);
    CHECK(stack.frames[1].sp == Address{0x10210});
}

TEST_CASE("a frame pointer below the stack pointer is none", "[unwind]")
{
    StackBuilder builder;
    builder.function({.start = outer, .size = 0x100, .instructions = no_caller});
    builder.word(Address{0x10010}, 0x10300);
    builder.return_address(Address{0x10018}, Address{0x1240});
    builder.return_address(Address{sp.value + 16}, Address{0x1340});

    const auto stack = builder.unwind(Address{0x1110}, sp, 0x10010);

    CHECK(pcs(stack) == Pcs{0x1110, 0x1340});
    CHECK(stack.frames[1].trust == Trust::scan);
}

TEST_CASE("where no instruction can be read, return addresses are taken unchecked", "[unwind]")
{
    StackBuilder builder;
    builder.word(Address{sp.value + 16}, 0x1240);  // as functions start: not taken
    builder.word(Address{sp.value + 24}, 0x1345);
    builder.code_not_saved();

    const auto stack = builder.unwind(Address{0x1110}, sp);

    CHECK(pcs(stack) == Pcs{0x1110, 0x1345});
    CHECK(stack.frames[1].trust == Trust::scan);
    CHECK(stack.stop == StackStop::no_caller);
}

TEST_CASE("a frame that does not lie above its callee ends the walk", "[unwind]")
{
    StackBuilder builder;
    // DW_CFA_def_cfa rsp 0: the caller would have the callee's stack pointer.
    builder.function({.start = inner, .size = 0x100, .instructions = bytes_from({0x0C, 7, 0})});
    builder.return_address(Address{sp.value - 8}, Address{0x1140});

    const auto stack = builder.unwind(Address{0x1110}, sp);

    CHECK(pcs(stack) == Pcs{0x1110});
    CHECK(stack.stop == StackStop::no_caller);
}

TEST_CASE("a stack that is not in the core keeps its innermost frame", "[unwind]")
{
    const auto stack = three_functions().unwind(Address{0x1110}, Address{0x9'0000});

    CHECK(pcs(stack) == Pcs{0x1110});
    CHECK(stack.stop == StackStop::memory_unreadable);
    REQUIRE(stack.fault.has_value());
    CHECK(stack.fault->code == FaultCode::unmapped);
}

TEST_CASE("of a deep recursion the innermost and the outermost frames are kept", "[unwind]")
{
    auto builder = three_functions();
    for (std::uint64_t depth = 0; depth < 100; ++depth) {
        builder.return_address(Address{sp.value + 24 + 32 * depth}, Address{0x1140});
    }
    builder.return_address(Address{sp.value + 24 + 32 * 100}, Address{0x1340});
    Limits limits;
    limits.max_frames = 20;

    const auto stack = builder.unwind(Address{0x1110}, sp, 0, limits);

    REQUIRE(stack.frames.size() == 20);
    CHECK(stack.omitted == 82);
    CHECK(stack.omitted_after == 15);
    CHECK(stack.frames.front().pc == Address{0x1110});
    CHECK(stack.frames[14].sp == Address{sp.value + 32 * 14});
    CHECK(stack.frames[15].sp == Address{sp.value + 32 * 97});
    CHECK(stack.frames.back().pc == Address{0x1340});
    CHECK(stack.stop == StackStop::finished);
}

TEST_CASE("on aarch64 a call through a null pointer has its caller in the link register",
          "[unwind]")
{
    StackBuilder builder(Machine::aarch64);
    builder.return_address(Address{0x10000}, Address{0x1240});
    ThreadRegisters thread;
    thread.sp = sp;
    thread.general[30] = 0x1240;

    const auto stack = builder.unwind(thread);

    REQUIRE(stack.frames.size() >= 2);
    CHECK(stack.frames[1].pc == Address{0x1240});
    CHECK(stack.frames[1].sp == sp);
    CHECK(stack.frames[1].trust == Trust::inferred);
}

}  // namespace
}  // namespace pycore::test
