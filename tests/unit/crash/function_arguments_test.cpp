#include "crash/function_arguments.hpp"

#include "crash/code_flow.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address start{0x1000};
constexpr Address cfa{0x8100};
constexpr std::uint64_t rbx = 0xB0;
constexpr std::uint64_t rbp = 0xB5;
constexpr std::uint64_t r12 = 0xC0;

// push %rbx; mov %rdi, %rbx; mov %rsi, %rbp; call; ...
const Bytes straight = bytes_from({0x53, 0x48, 0x89, 0xFB, 0x48, 0x89, 0xF5, 0xE8, 0, 0, 0, 0});

FunctionArguments arguments_of(const Bytes& code, Address return_address)
{
    FakeMemory memory;
    memory.add_area(start, 0x400);
    memory.add_area(Address{cfa.value - 0x100}, 0x100);
    memory.write(Address{cfa.value - 24}, std::uint64_t{0x51});
    memory.write_bytes(start, code);
    CallingFunction function{
        .start = start, .return_address = return_address, .cfa = cfa, .registers = {}};
    function.registers.set(3, rbx);
    function.registers.set(6, rbp);
    function.registers.set(12, r12);
    return read_arguments(memory, function);
}

Address end_of(const Bytes& code)
{
    return Address{start.value + code.size()};
}

TEST_CASE("arguments are read from where the function keeps them", "[crash]")
{
    const auto arguments = arguments_of(straight, end_of(straight));

    CHECK(arguments[0] == rbx);
    CHECK(arguments[1] == rbp);
    CHECK_FALSE(arguments[2].has_value());
}

TEST_CASE("an argument on the stack is read from there", "[crash]")
{
    // sub $0x18, %rsp; mov %rdx, 8(%rsp); call
    const Bytes code =
        bytes_from({0x48, 0x83, 0xEC, 0x18, 0x48, 0x89, 0x54, 0x24, 0x08, 0xE8, 0, 0, 0, 0});

    CHECK(arguments_of(code, end_of(code))[2] == 0x51);
}

TEST_CASE("an argument that only a caller's register has is not known", "[crash]")
{
    const Bytes code = bytes_from({0xE8, 0, 0, 0, 0});

    for (const auto& argument : arguments_of(code, end_of(code))) {
        CHECK_FALSE(argument.has_value());
    }
}

TEST_CASE("all ways to the call have to agree", "[crash]")
{
    // mov %rdi, %rbx; mov %rsi, %r12; test %al, %al; je +3; xor %r12d, %r12d; call
    const Bytes code = bytes_from({0x48, 0x89, 0xFB, 0x49, 0x89, 0xF4, 0x84, 0xC0, 0x74, 0x03, 0x45,
                                   0x31, 0xE4, 0xE8, 0, 0, 0, 0});
    const auto arguments = arguments_of(code, end_of(code));

    CHECK(arguments[0] == rbx);
    CHECK_FALSE(arguments[1].has_value());
}

TEST_CASE("a way that comes back from behind the call counts", "[crash]")
{
    // mov %rdi, %rbx; mov %rsi, %r12; je +5; call (at 8); mov %rax, %rbx; jmp -10
    const Bytes code = bytes_from({0x48, 0x89, 0xFB, 0x49, 0x89, 0xF4, 0x74, 0x05, 0xE8, 0, 0, 0, 0,
                                   0x48, 0x89, 0xC3, 0xEB, 0xF6});
    const auto arguments = arguments_of(code, Address{start.value + 13});

    CHECK_FALSE(arguments[0].has_value());
    CHECK(arguments[1] == r12);
}

TEST_CASE("a loop ends", "[crash]")
{
    // mov %rdi, %rbx; dec %eax; jne -4; call
    const Bytes code = bytes_from({0x48, 0x89, 0xFB, 0xFF, 0xC8, 0x75, 0xFC, 0xE8, 0, 0, 0, 0});
    CHECK(arguments_of(code, end_of(code))[0] == rbx);

    // push %rax; jmp -3: the stack is never the same
    const Bytes growing = bytes_from({0x48, 0x89, 0xFB, 0x50, 0xEB, 0xFD, 0xE8, 0, 0, 0, 0});
    CHECK_FALSE(arguments_of(growing, end_of(growing))[0].has_value());
}

TEST_CASE("what is not understood before the call makes all unknown", "[crash]")
{
    Bytes code = straight;
    const Bytes cpuid = bytes_from({0x0F, 0xA2});
    code.insert(code.begin() + 7, cpuid.begin(), cpuid.end());
    CHECK_FALSE(arguments_of(code, end_of(code))[0].has_value());

    CHECK_FALSE(arguments_of(straight, Address{start.value + 0x200})[0].has_value());
    CHECK_FALSE(arguments_of(straight, Address{start.value + 8})[0].has_value());
    CHECK_FALSE(arguments_of(straight, start)[0].has_value());
}

TEST_CASE("a call that does not return may be followed by anything", "[crash]")
{
    // mov %rdi, %rbx; je +5; call; call; cpuid
    const Bytes code =
        bytes_from({0x48, 0x89, 0xFB, 0x74, 0x05, 0xE8, 0, 0, 0, 0, 0xE8, 0, 0, 0, 0, 0x0F, 0xA2});
    CHECK(arguments_of(code, Address{start.value + 10})[0] == rbx);
}

TEST_CASE("the first function that another calls is found", "[crash]")
{
    const auto callee_of = [](const Bytes& code) {
        FakeMemory memory;
        memory.add_area(start, 0x20);
        memory.write_bytes(start, code);
        return find_first_callee(memory, start);
    };
    // push %rax; mov %rsi, %rdx; call
    CHECK(callee_of(bytes_from({0x50, 0x48, 0x89, 0xF2, 0xE8, 0x10, 0, 0, 0})) ==
          Address{start.value + 9 + 0x10});
    CHECK_FALSE(callee_of(bytes_from({0x74, 0x00, 0xE8, 0x10, 0, 0, 0})).has_value());
    CHECK_FALSE(callee_of(bytes_from({0xFF, 0x15, 0x10, 0, 0, 0})).has_value());
    CHECK_FALSE(callee_of(bytes_from({0xC3})).has_value());
    CHECK_FALSE(callee_of(Bytes(0x20, std::byte{0x90})).has_value());
}

}  // namespace
}  // namespace pycore::test
