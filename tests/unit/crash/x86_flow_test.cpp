#include "crash/x86_flow.hpp"

#include "support/catch.hpp"

namespace pycore::x86 {
namespace {

using Code = std::vector<std::uint8_t>;
using Kind = Value::Kind;

constexpr Value unknown{};
constexpr std::size_t rax = 0;
constexpr std::size_t rdx = 2;
constexpr std::size_t rbx = 3;
constexpr std::size_t rsp = 4;
constexpr std::size_t rbp = 5;
constexpr std::size_t rsi = 6;
constexpr std::size_t rdi = 7;

Value argument(std::int64_t number)
{
    return {.kind = Kind::argument, .number = number};
}

Value stack(std::int64_t number)
{
    return {.kind = Kind::stack, .number = number};
}

/// The state after `code`, entered as a function is.
FlowState after(const Code& code)
{
    FlowState state = FlowState::at_entry();
    for (std::size_t at = 0; at < code.size();) {
        const auto flow = step_over(std::span(code).subspan(at), state);
        REQUIRE(flow.has_value());
        at += static_cast<std::size_t>(flow->length);
    }
    return state;
}

bool is_known(const Code& code)
{
    FlowState state = FlowState::at_entry();
    return step_over(code, state).has_value();
}

TEST_CASE("copies of an argument are followed", "[crash]")
{
    CHECK(after({0x48, 0x89, 0xFB}).registers[rbx] == argument(0));          // mov %rdi, %rbx
    CHECK(after({0x49, 0x89, 0xF4}).registers[12] == argument(1));           // mov %rsi, %r12
    CHECK(after({0x4C, 0x8B, 0xF2}).registers[14] == argument(2));           // mov %rdx, %r14
    CHECK(after({0x4C, 0x89, 0xCD}).registers[rbp] == argument(5));          // mov %r9, %rbp
    CHECK(after({0x89, 0xFB}).registers[rbx] == unknown);                    // mov %edi, %ebx
    CHECK(after({0x48, 0x89, 0xFB, 0x31, 0xDB}).registers[rbx] == unknown);  // xor %ebx, %ebx
}

TEST_CASE("arguments on the stack are followed", "[crash]")
{
    const FlowState pushed = after({0x57, 0x56});  // push %rdi; push %rsi
    CHECK(pushed.slots.at(-8) == argument(0));
    CHECK(pushed.slots.at(-16) == argument(1));
    CHECK(pushed.registers[rsp] == stack(-16));

    // push %rdi; pop %r15
    CHECK(after({0x57, 0x41, 0x5F}).registers[15] == argument(0));
    // sub $0xd8, %rsp; mov %rdx, 0x30(%rsp)
    const Code spill{0x48, 0x81, 0xEC, 0xD8, 0, 0, 0, 0x48, 0x89, 0x54, 0x24, 0x30};
    CHECK(after(spill).slots.at(0x30 - 0xD8) == argument(2));
    // push %rbp; mov %rsp, %rbp; lea -0x30(%rsp), %rsp; mov %rsi, -0x10(%rbp); mov -0x10(%rbp),
    // %rax
    const FlowState framed = after({0x55, 0x48, 0x89, 0xE5, 0x48, 0x8D, 0x64, 0x24, 0xD0, 0x48,
                                    0x89, 0x75, 0xF0, 0x48, 0x8B, 0x45, 0xF0});
    CHECK(framed.registers[rsp] == stack(-0x38));
    CHECK(framed.registers[rbp] == stack(-8));
    CHECK(framed.slots.at(-0x18) == argument(1));
    CHECK(framed.registers[rax] == argument(1));
}

TEST_CASE("what is written over an argument on the stack is seen", "[crash]")
{
    const Code saved{0x57};  // push %rdi
    const auto then = [&saved](const Code& code) {
        Code all = saved;
        all.insert(all.end(), code.begin(), code.end());
        return after(all).slots.contains(-8);
    };
    CHECK(then({}));
    CHECK(then({0xC7, 0x44, 0x24, 0x08, 0, 0, 0, 0}));        // movl $0, 8(%rsp)
    CHECK_FALSE(then({0xC6, 0x44, 0x24, 0x07, 0}));           // movb $0, 7(%rsp)
    CHECK_FALSE(then({0xC7, 0x44, 0x24, 0xFD, 0, 0, 0, 0}));  // movl $0, -3(%rsp)
    CHECK(then({0xC7, 0x44, 0x24, 0xFC, 0, 0, 0, 0}));        // movl $0, -4(%rsp)
    CHECK_FALSE(then({0x0F, 0x29, 0x44, 0x24, 0xF8}));        // movaps %xmm0, -8(%rsp)
    CHECK_FALSE(then({0x48, 0x01, 0x04, 0x24}));              // add %rax, (%rsp)
    CHECK_FALSE(then({0xC6, 0x04, 0x04, 0}));                 // movb $0, (%rsp,%rax)
    CHECK(then({0xC6, 0x04, 0x08, 0}));                       // movb $0, (%rax,%rcx)
    CHECK(then({0x83, 0x3C, 0x24, 0}));                       // cmpl $0, (%rsp)
}

TEST_CASE("a call leaves what a callee keeps", "[crash]")
{
    // mov %rdi, %rbx; call
    Code code{0x48, 0x89, 0xFB, 0xE8, 0, 0, 0, 0};
    FlowState state = after(code);
    CHECK(state.registers[rbx] == argument(0));
    CHECK(state.registers[rsi] == unknown);
    CHECK(state.registers[rsp] == stack(0));

    // push %rdi; add $8, %rsp; call: what was pushed lies below the stack now
    state = after({0x57, 0x48, 0x83, 0xC4, 0x08, 0xE8, 0, 0, 0, 0});
    CHECK(state.slots.empty());
}

TEST_CASE("registers that an instruction writes are forgotten", "[crash]")
{
    struct Case {
        Code code;
        std::size_t number;
    };
    const auto written =
        GENERATE(Case{{0xBF, 1, 0, 0, 0}, rdi},              // mov $1, %edi
                 Case{{0x40, 0xB7, 1}, rdi},                 // mov $1, %dil
                 Case{{0xB6, 1}, rdx},                       // mov $1, %dh
                 Case{{0x48, 0x63, 0xD0}, rdx},              // movslq %eax, %rdx
                 Case{{0x48, 0x83, 0xE2, 0xF0}, rdx},        // and $-16, %rdx
                 Case{{0x48, 0x8D, 0x3D, 0, 0, 0, 0}, rdi},  // lea (%rip), %rdi
                 Case{{0x0F, 0xB6, 0xF0}, rsi},              // movzbl %al, %esi
                 Case{{0x48, 0x0F, 0x44, 0xF8}, rdi},        // cmove %rax, %rdi
                 Case{{0x40, 0x0F, 0x94, 0xC6}, rsi},        // sete %sil
                 Case{{0x48, 0xF7, 0xF1}, rdx},              // div %rcx
                 Case{{0x48, 0x99}, rdx},                    // cqto
                 Case{{0xF3, 0x48, 0xAB}, rdi},              // rep stos
                 Case{{0x66, 0x48, 0x0F, 0x7E, 0xC7}, rdi},  // movq %xmm0, %rdi
                 Case{{0xF2, 0x48, 0x0F, 0x2C, 0xF0}, rsi},  // cvttsd2si %xmm0, %rsi
                 Case{{0x48, 0xFF, 0xC7}, rdi}, Case{{0x48, 0xD1, 0xE6}, rsi});  // inc; shl
    CHECK(after(written.code).registers[written.number] == unknown);
}

TEST_CASE("vector registers have numbers of their own", "[crash]")
{
    CHECK(after({0x0F, 0x28, 0xFE}).registers[rdi] == argument(0));        // movaps %xmm6, %xmm7
    CHECK(after({0x66, 0x0F, 0xEF, 0xFF}).registers[rdi] == argument(0));  // pxor %xmm7, %xmm7
    CHECK(after({0xF3, 0x0F, 0x7E, 0x3C, 0x24}).registers[rdi] == argument(0));
}

TEST_CASE("jumps say where to", "[crash]")
{
    FlowState state = FlowState::at_entry();
    const auto conditional = step_over(Code{0x74, 0xFE}, state);
    REQUIRE(conditional.has_value());
    CHECK(conditional->target == -2);
    CHECK(conditional->falls_through);
    const auto always = step_over(Code{0xE9, 0x10, 0, 0, 0}, state);
    REQUIRE(always.has_value());
    CHECK(always->target == 0x10);
    CHECK_FALSE(always->falls_through);
    const auto back = step_over(Code{0xC3}, state);
    REQUIRE(back.has_value());
    CHECK_FALSE(back->falls_through);
}

TEST_CASE("what is not understood stops it", "[crash]")
{
    CHECK_FALSE(is_known({0xFF, 0xE0}));              // jmp *%rax: perhaps back in here
    CHECK_FALSE(is_known({0x48, 0x83, 0xE4, 0xF0}));  // and $-16, %rsp
    CHECK_FALSE(is_known({0x48, 0x89, 0xC4}));        // mov %rax, %rsp
    CHECK_FALSE(is_known({0xC9}));                    // leave, without a frame pointer
    CHECK_FALSE(is_known({0x0F, 0xA2}));              // cpuid
    CHECK_FALSE(is_known({0xC5, 0xF8, 0x77}));        // vzeroupper
    CHECK_FALSE(is_known({0x48, 0x87, 0xFE}));        // xchg %rdi, %rsi
    CHECK_FALSE(is_known({0x66, 0x57}));              // push %di
    CHECK_FALSE(is_known({0x48, 0x89}));              // cut off
    CHECK_FALSE(is_known({}));
}

TEST_CASE("two ways that meet keep what they have in common", "[crash]")
{
    FlowState one = after({0x48, 0x89, 0xFB, 0x57});  // rbx = rdi; push rdi
    const FlowState other = after({0x48, 0x89, 0xFB, 0x48, 0x89, 0xF5, 0x56});  // rbp = rsi; push
    one.keep_common(other);
    CHECK(one.registers[rbx] == argument(0));
    CHECK(one.registers[rbp] == unknown);
    CHECK(one.slots.empty());
    CHECK(one.has_stack());
    one.keep_common(after({}));
    CHECK_FALSE(one.has_stack());
}

}  // namespace
}  // namespace pycore::x86
