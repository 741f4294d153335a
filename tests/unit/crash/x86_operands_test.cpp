#include <initializer_list>

#include "crash/x86_instruction.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

using Code = std::vector<std::uint8_t>;

std::string text_of(const x86::Operand& operand)
{
    const auto number = [](std::optional<std::uint8_t> value) {
        return value ? std::to_string(*value) : std::string("-");
    };
    const x86::Addressing& addressing = operand.addressing;
    return std::string(1, "rwbx"[static_cast<int>(operand.kind)]) + std::to_string(operand.size) +
           ' ' + number(addressing.base) + ' ' + number(addressing.index) + '*' +
           std::to_string(addressing.scale) + ' ' + std::to_string(addressing.displacement);
}

/// Each operand as "r8 3 -*1 16": kind and size, base, index and scale, displacement.
std::string operands(const Code& code)
{
    const auto instruction = x86::decode(code);
    if (!instruction || instruction->length != code.size()) {
        return instruction ? "length " + std::to_string(instruction->length) : "none";
    }
    std::string text;
    for (const x86::Operand& operand : x86::operands_of(*instruction)) {
        text += (text.empty() ? "" : ", ") + text_of(operand);
    }
    return text;
}

TEST_CASE("ModRM, SIB and REX name the registers of an address", "[crash]")
{
    CHECK(operands({0x48, 0x8B, 0x43, 0x10}) == "r8 3 -*1 16");          // mov 16(%rbx),%rax
    CHECK(operands({0x4B, 0x8B, 0x44, 0xA5, 0xF8}) == "r8 13 12*4 -8");  // -8(%r13,%r12,4)
    CHECK(operands({0x8B, 0x04, 0x24}) == "r4 4 -*1 0");                 // (%rsp)
    CHECK(operands({0x8B, 0x05, 0x10, 0, 0, 0}) == "r4 16 -*1 16");      // 16(%rip)
    CHECK(operands({0x8B, 0x04, 0x25, 0x10, 0, 0, 0}) == "r4 - -*1 16");
    CHECK(operands({0x8B, 0x04, 0xCD, 0x10, 0, 0, 0}) == "r4 - 1*8 16");
    CHECK(operands({0x8B, 0xC3}).empty());  // mov %ebx,%eax
    CHECK(operands({0x48, 0xA1, 8, 7, 6, 5, 4, 3, 2, 1}) == "r8 - -*1 72623859790382856");
}

TEST_CASE("the opcode tells reading from writing, and how much", "[crash]")
{
    CHECK(operands({0xC6, 0x00, 0x01}) == "w1 0 -*1 0");              // movb $1,(%rax)
    CHECK(operands({0x66, 0xC7, 0x00, 1, 2}) == "w2 0 -*1 0");        // movw
    CHECK(operands({0xF0, 0x48, 0x83, 0x00, 0x01}) == "b8 0 -*1 0");  // lock addq
    CHECK(operands({0x83, 0x38, 0x05}) == "r4 0 -*1 0");              // cmpl
    CHECK(operands({0xF6, 0x00, 0x01}) == "r1 0 -*1 0");              // testb $1
    CHECK(operands({0xF7, 0x18}) == "b4 0 -*1 0");                    // negl
    CHECK(operands({0x0F, 0xB6, 0x00}) == "r1 0 -*1 0");              // movzbl
    CHECK(operands({0xF0, 0x0F, 0xB1, 0x17}) == "b4 7 -*1 0");        // lock cmpxchg
    CHECK(operands({0xDB, 0x3C, 0x24}) == "w10 4 -*1 0");             // fstpt
    CHECK(operands({0x8D, 0x43, 0x10}).empty());                      // lea
    CHECK(operands({0x0F, 0x1F, 0x40, 0x00}).empty());                // nopl
    CHECK(operands({0x0F, 0x18, 0x08}).empty());                      // prefetcht0
}

TEST_CASE("vector instructions have the size of their length", "[crash]")
{
    CHECK(operands({0x0F, 0x11, 0x07}) == "w16 7 -*1 0");                           // movups
    CHECK(operands({0xF2, 0x0F, 0x10, 0x06}) == "r8 6 -*1 0");                      // movsd
    CHECK(operands({0xC5, 0xFE, 0x6F, 0x06}) == "r32 6 -*1 0");                     // vmovdqu ymm
    CHECK(operands({0xC4, 0xE2, 0x79, 0x18, 0x06}) == "r4 6 -*1 0");                // vbroadcastss
    CHECK(operands({0xC4, 0xE3, 0x7D, 0x39, 0x07, 0x01}) == "w16 7 -*1 0");         // vextracti128
    CHECK(operands({0x62, 0xE1, 0xFE, 0x48, 0x7F, 0x47, 0x01}) == "w64 7 -*1 64");  // disp8*64
    CHECK(operands({0x62, 0xF1, 0x74, 0x58, 0x58, 0x43, 0x04}) == "r4 3 -*1 16");   // {1to16}
    CHECK(operands({0xC4, 0xE2, 0x6D, 0x92, 0x04, 0x8E}) == "r4 6 1*4 0");          // vgatherdps
}

TEST_CASE("what no ModRM names is an operand too", "[crash]")
{
    CHECK(operands({0x55}) == "w8 4 -*1 -8");                                // push %rbp
    CHECK(operands({0xE8, 0, 0, 0, 0}) == "w8 4 -*1 -8");                    // call
    CHECK(operands({0xC3}) == "r8 4 -*1 0");                                 // ret
    CHECK(operands({0xC9}) == "r8 5 -*1 0");                                 // leave
    CHECK(operands({0xFF, 0x50, 0x18}) == "r8 0 -*1 24, w8 4 -*1 -8");       // call *24(%rax)
    CHECK(operands({0xFF, 0x74, 0x24, 0x08}) == "r8 4 -*1 8, w8 4 -*1 -8");  // push 8(%rsp)
    CHECK(operands({0x8F, 0x44, 0x24, 0x08}) == "w8 4 -*1 16, r8 4 -*1 0");  // pop 8(%rsp)
    CHECK(operands({0xF3, 0x48, 0xA5}) == "r8 6 -*1 0, w8 7 -*1 0");         // rep movsq
    CHECK(operands({0xF3, 0xAA}) == "w1 7 -*1 0");                           // rep stosb
    CHECK(operands({0xF2, 0xAE}) == "r1 7 -*1 0");                           // repne scasb
    CHECK(operands({0xD7}) == "r1 3 0*1 0");                                 // xlat
}

TEST_CASE("no more is read than an instruction has", "[crash]")
{
    CHECK(operands({}) == "none");
    CHECK(operands({0x48, 0x8B, 0x43}) == "none");
    CHECK(operands(Code(15, 0x66)) == "none");
    CHECK(operands({0x62, 0xF1}) == "none");
    Code long_one(14, 0x2E);
    long_one.insert(long_one.end(), {0x8B, 0x00});
    CHECK(operands(long_one) == "none");
}

TEST_CASE("instructions that are not known are left alone", "[crash]")
{
    CHECK(operands({0x0F, 0x0F, 0x00, 0x9E}) == "none");              // 3DNow!
    CHECK(operands({0x8F, 0xE9, 0x78, 0x81, 0x00}) == "none");        // XOP
    CHECK(operands({0x62, 0xF5, 0x74, 0x48, 0x58, 0x03}) == "none");  // vaddph
    CHECK(operands({0x06}) == "none");                                // not in 64-bit mode
    CHECK(operands({0xC4, 0xE0, 0x78, 0x10, 0x00}) == "none");        // no such map
}

TEST_CASE("any bytes are taken apart or refused", "[crash]")
{
    Code code(15, 0);
    std::uint32_t state = 1;
    std::size_t decoded = 0;
    for (int round = 0; round < 50'000; ++round) {
        for (std::uint8_t& byte : code) {
            state = state * 1664525 + 1013904223;
            byte = static_cast<std::uint8_t>(state >> 24);
        }
        if (const auto instruction = x86::decode(code)) {
            ++decoded;
            REQUIRE(instruction->length >= 1);
            REQUIRE(instruction->length <= code.size());
            REQUIRE(x86::operands_of(*instruction).size() <= 2);
        }
    }
    CHECK(decoded > 25'000);
}

}  // namespace
}  // namespace pycore::test
