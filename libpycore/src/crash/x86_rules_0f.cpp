#include <array>

#include "crash/x86_rules.hpp"

namespace pycore::x86 {
namespace {

using enum Use;
using enum Size;
using namespace when;

constexpr std::array rules{
    Rule{0x00, 0x00, write, bytes_2, legacy, any, 0b0000'0011},   // sldt, str
    Rule{0x00, 0x00, read, bytes_2, legacy, any, 0b0011'1100},    // lldt, ltr, verr, verw
    Rule{0x01, 0x01, write, bytes_10, legacy, any, 0b0000'0011},  // sgdt, sidt
    Rule{0x01, 0x01, read, bytes_10, legacy, any, 0b0000'1100},   // lgdt, lidt
    Rule{0x01, 0x01, write, bytes_2, legacy, any, 0b0001'0000},   // smsw
    Rule{0x01, 0x01, read, bytes_2, legacy, any, 0b0100'0000},    // lmsw
    Rule{0x01, 0x01, nothing},
    Rule{0x02, 0x03, read, bytes_2, legacy},      // lar, lsl
    Rule{0x0D, 0x0D, nothing},                    // prefetchw
    Rule{0x18, 0x1F, nothing},                    // prefetch, nop, endbr64
    Rule{0x10, 0x10, read, bytes_4, always, f3},  // movups, movss, movsd
    Rule{0x10, 0x10, read, bytes_8, always, f2},
    Rule{0x10, 0x10, read, vector, always, any, 0xFF, Aligned::no},
    Rule{0x11, 0x11, write, bytes_4, always, f3},
    Rule{0x11, 0x11, write, bytes_8, always, f2},
    Rule{0x11, 0x11, write, vector, always, any, 0xFF, Aligned::no},
    Rule{0x12, 0x12, read, duplicated, always, f2},  // movddup
    Rule{0x12, 0x12, read, vector, always, f3},      // movsldup
    Rule{0x12, 0x12, read, bytes_8},                 // movlps
    Rule{0x13, 0x13, write, bytes_8},
    Rule{0x16, 0x16, read, vector, always, f3},  // movshdup
    Rule{0x16, 0x16, read, bytes_8},             // movhps
    Rule{0x17, 0x17, write, bytes_8},
    Rule{0x14, 0x15, read, vector},
    Rule{0x28, 0x28, read, vector, always, any, 0xFF, Aligned::yes},  // movaps
    Rule{0x29, 0x29, write, vector, always, any, 0xFF, Aligned::yes},
    Rule{0x2B, 0x2B, write, bytes_4, legacy, f3},  // movntss of SSE4a
    Rule{0x2B, 0x2B, write, bytes_8, legacy, f2},
    Rule{0x2B, 0x2B, write, vector, always, any, 0xFF, Aligned::yes},
    Rule{0x2A, 0x2A, read, element, always, f3 | f2},  // cvtsi2ss
    Rule{0x2A, 0x2A, read, bytes_8},
    Rule{0x2C, 0x2D, read, bytes_4, always, f3},
    Rule{0x2C, 0x2D, read, bytes_8, always, f2},
    Rule{0x2C, 0x2D, read, bytes_8, legacy, np},
    Rule{0x2C, 0x2D, read, vector},
    Rule{0x2E, 0x2F, read, bytes_4, always, np},  // ucomiss
    Rule{0x2E, 0x2F, read, bytes_8},
    Rule{0x40, 0x4F, read, operand, legacy},   // cmov
    Rule{0x5A, 0x5A, read, half, always, np},  // cvtps2pd
    Rule{0x5B, 0x5B, read, vector},            // cvtdq2ps
    Rule{0x51, 0x5F, read, bytes_4, always, f3},
    Rule{0x51, 0x5F, read, bytes_8, always, f2},
    Rule{0x51, 0x5F, read, vector},
    Rule{0x60, 0x62, read, bytes_4, legacy, np},                      // punpckl of MMX
    Rule{0x6E, 0x6E, read, element},                                  // movd, movq
    Rule{0x6F, 0x6F, read, vector, always, p66, 0xFF, Aligned::yes},  // movdqa
    Rule{0x6F, 0x6F, read, vector, always, any, 0xFF, Aligned::no},   // movdqu
    Rule{0x60, 0x6F, read, vector},
    Rule{0x77, 0x77, nothing},
    Rule{0x78, 0x78, write, bytes_8, legacy, np},  // vmread
    Rule{0x79, 0x79, read, bytes_8, legacy, np},   // vmwrite
    Rule{0x78, 0x79, read, bytes_4, evex, f3},     // vcvtss2usi
    Rule{0x78, 0x79, read, bytes_8, evex, f2},
    Rule{0x7B, 0x7B, read, element, evex, f3 | f2},  // vcvtusi2ss
    Rule{0x78, 0x7B, read, widened, evex, p66},      // vcvtps2qq
    Rule{0x7A, 0x7A, read, widened, evex, f3},       // vcvtudq2pd
    Rule{0x7E, 0x7E, read, bytes_8, always, f3},     // movq
    Rule{0x7E, 0x7E, write, element},                // movd, movq
    Rule{0x7F, 0x7F, write, vector, always, p66, 0xFF, Aligned::yes},
    Rule{0x7F, 0x7F, write, vector, always, any, 0xFF, Aligned::no},
    Rule{0x70, 0x7D, read, vector},
    Rule{0x90, 0x90, read, mask, vex},  // kmov
    Rule{0x91, 0x91, write, mask, vex},
    Rule{0x90, 0x9F, write, bytes_1, legacy},                     // setcc
    Rule{0xA3, 0xA3, read, operand, legacy},                      // bt
    Rule{0xA4, 0xA5, both, operand, legacy},                      // shld
    Rule{0xAB, 0xAB, both, operand, legacy},                      // bts
    Rule{0xAC, 0xAD, both, operand, legacy},                      // shrd
    Rule{0xAE, 0xAE, write, bytes_512, legacy, np, 0b0000'0001},  // fxsave
    Rule{0xAE, 0xAE, read, bytes_512, legacy, np, 0b0000'0010},
    Rule{0xAE, 0xAE, read, bytes_4, legacy | vex, np, 0b0000'0100},  // ldmxcsr
    Rule{0xAE, 0xAE, write, bytes_4, legacy | vex, np, 0b0000'1000},
    Rule{0xAE, 0xAE, both, bytes_576, legacy, np, 0b0101'0000},  // xsave: at least so much
    Rule{0xAE, 0xAE, read, bytes_576, legacy, np, 0b0010'0000},
    Rule{0xAE, 0xAE, read, bytes_1, legacy, np | p66, 0b1100'0000},  // clflush, clwb
    Rule{0xAE, 0xAE, read, element, legacy, f3, 0b0001'0000},        // ptwrite
    Rule{0xAF, 0xAF, read, operand, legacy},                         // imul
    Rule{0xB0, 0xB0, both, bytes_1, legacy},                         // cmpxchg
    Rule{0xB1, 0xB1, both, operand, legacy},
    Rule{0xB3, 0xB3, both, operand, legacy},  // btr
    Rule{0xB6, 0xB6, read, bytes_1, legacy},  // movzx
    Rule{0xB7, 0xB7, read, bytes_2, legacy},
    Rule{0xB8, 0xB8, read, operand, legacy, f3},                // popcnt
    Rule{0xBA, 0xBA, read, operand, legacy, any, 0b0001'0000},  // bt
    Rule{0xBA, 0xBA, both, operand, legacy, any, 0b1110'0000},
    Rule{0xBB, 0xBB, both, operand, legacy},  // btc
    Rule{0xBC, 0xBD, read, operand, legacy},  // bsf, bsr
    Rule{0xBE, 0xBE, read, bytes_1, legacy},  // movsx
    Rule{0xBF, 0xBF, read, bytes_2, legacy},
    Rule{0xC0, 0xC0, both, bytes_1, legacy},  // xadd
    Rule{0xC1, 0xC1, both, operand, legacy},
    Rule{0xC2, 0xC2, read, bytes_4, always, f3},  // cmpss
    Rule{0xC2, 0xC2, read, bytes_8, always, f2},
    Rule{0xC3, 0xC3, write, element, legacy},                     // movnti
    Rule{0xC4, 0xC4, read, bytes_2},                              // pinsrw
    Rule{0xC7, 0xC7, both, pair, legacy, any, 0b0000'0010},       // cmpxchg16b
    Rule{0xC7, 0xC7, read, bytes_576, legacy, np, 0b0000'1000},   // xrstors
    Rule{0xC7, 0xC7, write, bytes_576, legacy, np, 0b0011'0000},  // xsavec, xsaves
    Rule{0xC7, 0xC7, nothing},
    Rule{0xD1, 0xD3, read, bytes_16, avx},  // shifts by a count
    Rule{0xE1, 0xE2, read, bytes_16, avx},
    Rule{0xF1, 0xF3, read, bytes_16, avx},
    Rule{0xD6, 0xD6, write, bytes_8},                // movq
    Rule{0xE6, 0xE6, read, half, legacy | vex, f3},  // cvtdq2pd
    Rule{0xE6, 0xE6, read, widened, evex, f3},
    Rule{0xE7, 0xE7, write, vector, always, any, 0xFF, Aligned::yes},  // movntdq
    Rule{0xF0, 0xF0, read, vector, always, any, 0xFF, Aligned::no},    // lddqu
    Rule{0xF7, 0xF7, nothing},                                         // writes to rdi
    Rule{0xC2, 0xFE, read, vector},
};

}  // namespace

std::span<const Rule> rules_0f() noexcept
{
    return rules;
}

}  // namespace pycore::x86
