// print_operands < LINES
//
// Each line is one instruction in hex; the answer is a line "LENGTH
// KIND:SEGMENT:BASE:INDEX:SCALE:DISP ..." with an operand in memory each, as compare.py reads it,
// or "-".

#include <array>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <string>

#include "crash/x86_instruction.hpp"
#include "crash/x86_registers.hpp"

namespace {

using pycore::x86::Addressing;
using pycore::x86::Operand;
using pycore::x86::Segment;

std::vector<std::uint8_t> bytes_of(const std::string& hex)
{
    std::vector<std::uint8_t> bytes;
    for (std::size_t at = 0; at + 2 <= hex.size(); at += 2) {
        std::uint8_t byte = 0;
        std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
        bytes.push_back(byte);
    }
    return bytes;
}

std::string name(const std::optional<std::uint8_t>& number, bool vector)
{
    if (!number) {
        return "";
    }
    return vector ? "mm" + std::to_string(*number) : pycore::x86::name_of(*number);
}

void print(const Operand& operand)
{
    constexpr std::array kinds{"r", "w", "b"};
    const Addressing& addressing = operand.addressing;
    const char* const segment = addressing.segment == Segment::none ? ""
                                : addressing.segment == Segment::fs ? "fs"
                                                                    : "gs";
    std::printf(" %s:%s:%s:%s:%u:%lld", kinds.at(static_cast<std::size_t>(operand.kind)), segment,
                name(addressing.base, false).c_str(),
                name(addressing.index, addressing.vector_index).c_str(), addressing.scale,
                static_cast<long long>(addressing.displacement));
}

}  // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const auto instruction = pycore::x86::decode(bytes_of(line));
        if (!instruction) {
            std::puts("-");
            continue;
        }
        std::printf("%u", instruction->length);
        for (const Operand& operand : operands_of(*instruction)) {
            print(operand);
        }
        std::puts("");
    }
    return 0;
}
