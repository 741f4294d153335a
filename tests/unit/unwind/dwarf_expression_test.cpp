#include "unwind/dwarf_expression.hpp"

#include <dwarf.h>

#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

Result<std::uint64_t> run(std::initializer_list<int> expression,
                          std::optional<std::uint64_t> first = std::nullopt)
{
    FakeMemory memory;
    memory.add_area(Address{0x1000}, 16);
    memory.write(Address{0x1008}, std::uint64_t{0x1122'3344'5566'7788});
    RegisterValues registers;
    registers.set(7, 0x1000);
    registers.set(16, 0x40'1235);
    const Bytes bytes = bytes_from(expression);
    return evaluate(bytes, memory, registers, first);
}

TEST_CASE("an expression gives what is on top of its stack", "[unwind]")
{
    CHECK(run({DW_OP_lit5, DW_OP_lit7}).value() == 7);
    CHECK(run({DW_OP_const1s, 0xFF}).value() == UINT64_MAX);
    CHECK(run({DW_OP_lit7, DW_OP_lit5, DW_OP_minus}).value() == 2);
    CHECK(run({DW_OP_lit7, DW_OP_lit5, DW_OP_swap, DW_OP_minus}).value() + 2 == 0);
    CHECK(run({DW_OP_plus_uconst, 16}, 0x100).value() == 0x110);
    CHECK(run({DW_OP_const1s, 0xFE, DW_OP_lit1, DW_OP_lt}).value() == 1);
}

TEST_CASE("an expression reads registers and memory", "[unwind]")
{
    CHECK(run({DW_OP_breg7, 8, DW_OP_deref}).value() == 0x1122'3344'5566'7788);
    CHECK(run({DW_OP_breg7, 8, DW_OP_deref_size, 2}).value() == 0x7788);
    CHECK(run({DW_OP_bregx, 7, 0x7F}).value() == 0xFFF);
}

TEST_CASE("the CFA in a procedure linkage table is known", "[unwind]")
{
    // As every linker writes it: rsp + 8 + ((rip & 15) >= 11) * 8.
    CHECK(run({DW_OP_breg7, 8, DW_OP_breg16, 0, DW_OP_lit15, DW_OP_and, DW_OP_lit11, DW_OP_ge,
               DW_OP_lit3, DW_OP_shl, DW_OP_plus})
              .value() == 0x1008);
}

TEST_CASE("an expression that makes no sense is a fault", "[unwind]")
{
    CHECK_FALSE(run({}));
    CHECK_FALSE(run({DW_OP_plus}));
    CHECK_FALSE(run({DW_OP_lit1, DW_OP_lit0, DW_OP_mod}));
    CHECK_FALSE(run({DW_OP_const8u, 1, 2}));
    CHECK_FALSE(run({DW_OP_breg3, 0}));
    CHECK_FALSE(run({DW_OP_lit1, DW_OP_deref}));
    CHECK_FALSE(run({DW_OP_lit1, DW_OP_deref_size, 9}));
    CHECK_FALSE(run({DW_OP_call_frame_cfa}));
    CHECK_FALSE(run({DW_OP_skip, 0x00, 0x80}));
}

TEST_CASE("an expression without an end is cut off", "[unwind]")
{
    const auto endless = run({DW_OP_skip, 0xFD, 0xFF});
    const auto growing = run({DW_OP_lit1, DW_OP_skip, 0xFC, 0xFF});

    REQUIRE_FALSE(endless);
    CHECK(endless.fault().code == FaultCode::limit_reached);
    REQUIRE_FALSE(growing);
    CHECK(growing.fault().code == FaultCode::limit_reached);
}

}  // namespace
}  // namespace pycore::test
