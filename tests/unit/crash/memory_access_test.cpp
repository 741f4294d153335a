#include "crash/memory_access.hpp"

#include <algorithm>
#include <map>

#include "elf/register_names.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {
namespace {

using Kind = MemoryAccess::Kind;
using Code = std::vector<std::uint8_t>;
using Registers = std::map<std::string, std::uint64_t>;

constexpr Address code_page{0x401000};
constexpr Address stack{0x7FFF'0000'0000};

ThreadRegisters registers_with(const Registers& values)
{
    ThreadRegisters registers;
    const auto names = register_names(Machine::x86_64);
    for (const auto& [name, value] : values) {
        const auto place = std::ranges::find(names, name) - names.begin();
        registers.general.at(static_cast<std::size_t>(place)) = value;
    }
    registers.pc = code_page;
    registers.general[16] = code_page.value;
    return registers;
}

FakeMemory memory_with(const Code& code)
{
    FakeMemory memory;
    memory.add_area(code_page, 4096);
    memory.add_area(stack, 4096);
    memory.write_bytes(code_page, std::as_bytes(std::span(code)));
    return memory;
}

std::optional<MemoryAccess> explain(const Code& code,
                                    const Registers& values,
                                    std::optional<std::uint64_t> fault)
{
    const std::optional<Address> address = fault ? std::optional(Address{*fault}) : std::nullopt;
    return find_memory_access(memory_with(code), Machine::x86_64, registers_with(values), address);
}

TEST_CASE("an operand at the fault address is told with its registers", "[crash]")
{
    const auto write = explain({0x48, 0x89, 0x44, 0x8B, 0x10}, {{"rbx", 0}, {"rcx", 2}}, 0x18);
    REQUIRE(write);
    CHECK(write->kind == Kind::write);
    CHECK(write->address == Address{0x18});
    CHECK(write->base == "rbx");
    CHECK(write->index == "rcx");
    CHECK(write->displacement == 16);
    CHECK(write->size == 8);

    const auto relative = explain({0x8B, 0x05, 0x10, 0, 0, 0}, {}, code_page.value + 6 + 16);
    REQUIRE(relative);
    CHECK(relative->base == "rip");

    const auto local =
        explain({0x64, 0x48, 0x8B, 0x04, 0x25, 0x28, 0, 0, 0}, {{"fs_base", 0}}, 0x28);
    REQUIRE(local);
    CHECK(local->base == "fs_base");

    const auto narrow = explain({0x67, 0x8B, 0x43, 0x10}, {{"rbx", 0x1'FFFF'FFF8}}, 8);
    CHECK(narrow);
}

TEST_CASE("of two operands the one at the fault is told", "[crash]")
{
    const Registers copy{{"rsi", 0x1000}, {"rdi", 0x2000}, {"rcx", 8}};
    CHECK(explain({0xF3, 0xA4}, copy, 0x1000)->kind == Kind::read);
    CHECK(explain({0xF3, 0xA4}, copy, 0x2000)->kind == Kind::write);
    const Registers call{{"rax", 0x1000}, {"rsp", 0x3000}};
    CHECK(explain({0xFF, 0x50, 0x18}, call, 0x1018)->base == "rax");
    CHECK(explain({0xFF, 0x50, 0x18}, call, 0x2FF8)->base == "rsp");
}

TEST_CASE("an operand may reach into the page that faults", "[crash]")
{
    const Registers values{{"rbx", 0x1FFC}};
    const auto access = explain({0x48, 0x8B, 0x03}, values, 0x2000);
    REQUIRE(access);
    CHECK(access->address == Address{0x1FFC});
    CHECK_FALSE(explain({0x8B, 0x03}, values, 0x2000));
    CHECK_FALSE(explain({0x48, 0x8B, 0x03}, values, 0x1FFB));
}

TEST_CASE("nothing is told that does not explain the fault", "[crash]")
{
    CHECK_FALSE(explain({0x48, 0x8B, 0x03}, {{"rbx", 0x1000}}, 0x5000));
    CHECK_FALSE(explain({0x48, 0x8D, 0x03}, {{"rbx", 0x5000}}, 0x5000));  // lea
    CHECK_FALSE(explain({0x90}, {}, 0x5000));
    CHECK_FALSE(explain({0x48, 0x8B, 0x03}, {{"rbx", stack.value}}, std::nullopt));
    CHECK_FALSE(explain({0xF3, 0xA4}, {{"rsi", 0x1000}, {"rcx", 0}}, 0x1000));  // none left to move
}

TEST_CASE("without an address what faults before paging is told", "[crash]")
{
    constexpr std::uint64_t wild = 0x6161'6161'6161'6161;
    const std::optional<std::uint64_t> unknown =
        GENERATE(std::optional<std::uint64_t>(), std::optional<std::uint64_t>(0));
    const auto read = explain({0x48, 0x8B, 0x03}, {{"rbx", wild}}, unknown);
    REQUIRE(read);
    CHECK(read->address == Address{wild});

    const Registers misaligned{{"rsp", stack.value + 8}};
    const auto aligned = explain({0x0F, 0x29, 0x04, 0x24}, misaligned, unknown);  // movaps
    REQUIRE(aligned);
    CHECK(aligned->kind == Kind::write);
    CHECK(aligned->size == 16);
    CHECK_FALSE(explain({0x0F, 0x11, 0x04, 0x24}, misaligned, unknown));  // movups

    const auto called = explain({0xFF, 0xD0}, {{"rax", wild}, {"rsp", stack.value + 64}}, unknown);
    REQUIRE(called);
    CHECK(called->kind == Kind::execute);
    CHECK(called->address == Address{wild});
    CHECK(called->base == "rax");
}

TEST_CASE("a return to an address that is none is told", "[crash]")
{
    constexpr Address wild{0x4141'4141'4141'4141};
    FakeMemory memory = memory_with({0xC3});
    memory.write(Address{stack.value + 16}, wild);
    const auto access = find_memory_access(
        memory, Machine::x86_64, registers_with({{"rsp", stack.value + 16}}), std::nullopt);
    REQUIRE(access);
    CHECK(access->kind == Kind::execute);
    CHECK(access->address == wild);
    CHECK(access->base.empty());
}

TEST_CASE("an unmapped operand explains a fault that is not told at all", "[crash]")
{
    const auto access = explain({0x48, 0x8B, 0x03}, {{"rbx", 0x1000}}, std::nullopt);
    REQUIRE(access);
    CHECK(access->address == Address{0x1000});
}

TEST_CASE("the indices of a gather are in a vector register", "[crash]")
{
    const auto access =
        explain({0xC4, 0xE2, 0x6D, 0x92, 0x04, 0x8E}, {{"rsi", 0x1000}}, 0x1234);  // vgatherdps
    REQUIRE(access);
    CHECK(access->address == Address{0x1234});
    CHECK(access->base == "rsi");
    CHECK(access->index == "ymm1");
}

TEST_CASE("where there is no code the fault is in executing", "[crash]")
{
    const Machine machine = GENERATE(Machine::x86_64, Machine::aarch64);
    ThreadRegisters registers;
    registers.pc = Address{0x10};
    const FakeMemory nothing;
    const auto jump = find_memory_access(nothing, machine, registers, Address{0x10});
    REQUIRE(jump);
    CHECK(jump->kind == Kind::execute);
    CHECK(jump->address == Address{0x10});
    CHECK(find_memory_access(nothing, machine, registers, std::nullopt));
    CHECK_FALSE(find_memory_access(nothing, machine, registers, Address{0x9000}));
}

TEST_CASE("data that is executed faults at the pc", "[crash]")
{
    const auto access = explain({0x48, 0x8B, 0x03}, {}, code_page.value);
    REQUIRE(access);
    CHECK(access->kind == Kind::execute);
}

TEST_CASE("an instruction may reach into a page without code", "[crash]")
{
    FakeMemory memory;
    memory.add_area(Address{0x401000}, 0x1000);
    memory.write_bytes(Address{0x401FFE},
                       std::as_bytes(std::span<const std::uint8_t>(Code{0x48, 0x8B})));
    ThreadRegisters registers;
    registers.pc = Address{0x401FFE};
    const auto access = find_memory_access(memory, Machine::x86_64, registers, Address{0x402000});
    REQUIRE(access);
    CHECK(access->kind == Kind::execute);
    CHECK(access->address == Address{0x402000});
}

TEST_CASE("other machines have no operands yet", "[crash]")
{
    ThreadRegisters registers = registers_with({});
    const FakeMemory memory = memory_with({0x48, 0x8B, 0x03});
    CHECK_FALSE(find_memory_access(memory, Machine::aarch64, registers, Address{}));
}

}  // namespace
}  // namespace pycore::test
