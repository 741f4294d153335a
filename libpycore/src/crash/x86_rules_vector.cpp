#include <array>

#include "crash/x86_rules.hpp"

namespace pycore::x86 {
namespace {

using enum Use;
using enum Size;
using namespace when;

constexpr std::array rules_after_38{
    Rule{0x10, 0x10, write, half, evex, f3},  // vpmov..: to narrower elements
    Rule{0x11, 0x11, write, quarter, evex, f3},
    Rule{0x12, 0x12, write, eighth, evex, f3},
    Rule{0x13, 0x13, write, half, evex, f3},
    Rule{0x14, 0x14, write, quarter, evex, f3},
    Rule{0x15, 0x15, write, half, evex, f3},
    Rule{0x20, 0x20, write, half, evex, f3},
    Rule{0x21, 0x21, write, quarter, evex, f3},
    Rule{0x22, 0x22, write, eighth, evex, f3},
    Rule{0x23, 0x23, write, half, evex, f3},
    Rule{0x24, 0x24, write, quarter, evex, f3},
    Rule{0x25, 0x25, write, half, evex, f3},
    Rule{0x30, 0x30, write, half, evex, f3},
    Rule{0x31, 0x31, write, quarter, evex, f3},
    Rule{0x32, 0x32, write, eighth, evex, f3},
    Rule{0x33, 0x33, write, half, evex, f3},
    Rule{0x34, 0x34, write, quarter, evex, f3},
    Rule{0x35, 0x35, write, half, evex, f3},
    Rule{0x13, 0x13, read, half, avx},     // vcvtph2ps
    Rule{0x18, 0x18, read, bytes_4, avx},  // broadcasts
    Rule{0x19, 0x19, read, bytes_8, avx},
    Rule{0x1A, 0x1A, read, bytes_16, avx},
    Rule{0x1B, 0x1B, read, bytes_32, evex},
    Rule{0x20, 0x20, read, half},  // pmovsx, pmovzx: from narrower elements
    Rule{0x21, 0x21, read, quarter},
    Rule{0x22, 0x22, read, eighth},
    Rule{0x23, 0x23, read, half},
    Rule{0x24, 0x24, read, quarter},
    Rule{0x25, 0x25, read, half},
    Rule{0x30, 0x30, read, half},
    Rule{0x31, 0x31, read, quarter},
    Rule{0x32, 0x32, read, eighth},
    Rule{0x33, 0x33, read, half},
    Rule{0x34, 0x34, read, quarter},
    Rule{0x35, 0x35, read, half},
    Rule{0x2A, 0x2A, read, vector, always, any, 0xFF, Aligned::yes},  // movntdqa
    Rule{0x2D, 0x2D, read, element, evex},                            // vscalefss
    Rule{0x2E, 0x2F, write, vector, vex},                             // vmaskmov
    Rule{0x41, 0x41, read, bytes_16},                                 // phminposuw
    Rule{0x43, 0x43, read, element, evex},                            // of one element
    Rule{0x4D, 0x4D, read, element, evex},
    Rule{0x4F, 0x4F, read, element, evex},
    Rule{0x49, 0x4B, nothing, unknown, vex},  // AMX
    Rule{0x52, 0x53, read, bytes_16, evex, f2},
    Rule{0x58, 0x58, read, bytes_4, avx},  // broadcasts
    Rule{0x59, 0x59, read, bytes_8, avx},
    Rule{0x5A, 0x5A, read, bytes_16, avx},
    Rule{0x5B, 0x5B, read, bytes_32, evex},
    Rule{0x62, 0x62, read, element_small, evex},  // expand, compress: at least one element
    Rule{0x63, 0x63, write, element_small, evex},
    Rule{0x78, 0x78, read, bytes_1, avx},  // broadcasts
    Rule{0x79, 0x79, read, bytes_2, avx},
    Rule{0x80, 0x82, read, bytes_16, legacy},  // invept
    Rule{0x88, 0x89, read, element, evex},     // expand, compress: at least one element
    Rule{0x8A, 0x8B, write, element, evex},
    Rule{0x8E, 0x8E, write, vector, vex},    // vpmaskmov
    Rule{0x90, 0x93, read, element, avx},    // gathers
    Rule{0xA0, 0xA3, write, element, evex},  // scatters
    Rule{0x9A, 0x9B, read, bytes_16, evex, f2},
    Rule{0xAA, 0xAB, read, bytes_16, evex, f2},
    Rule{0x99, 0x99, read, element, avx},  // fused multiplications of one element
    Rule{0x9B, 0x9B, read, element, avx},
    Rule{0x9D, 0x9D, read, element, avx},
    Rule{0x9F, 0x9F, read, element, avx},
    Rule{0xA9, 0xA9, read, element, avx},
    Rule{0xAB, 0xAB, read, element, avx},
    Rule{0xAD, 0xAD, read, element, avx},
    Rule{0xAF, 0xAF, read, element, avx},
    Rule{0xB9, 0xB9, read, element, avx},
    Rule{0xBB, 0xBB, read, element, avx},
    Rule{0xBD, 0xBD, read, element, avx},
    Rule{0xBF, 0xBF, read, element, avx},
    Rule{0xC6, 0xC7, nothing, unknown, evex},  // prefetches
    Rule{0xCB, 0xCB, read, element, evex},
    Rule{0xCD, 0xCD, read, element, evex},
    Rule{0xF0, 0xF0, read, bytes_1, legacy, f2},  // crc32
    Rule{0xF1, 0xF1, read, operand, legacy, f2},
    Rule{0xF0, 0xF0, read, operand, legacy},  // movbe
    Rule{0xF1, 0xF1, write, operand, legacy},
    Rule{0xF2, 0xF3, read, element, vex},            // andn, blsr
    Rule{0xF5, 0xF5, read, element, vex},            // bzhi, pdep, pext
    Rule{0xF6, 0xF6, write, element, legacy, np},    // wrss
    Rule{0xF6, 0xF6, read, element, legacy | vex},   // adcx, adox, mulx
    Rule{0xF7, 0xF7, read, element, vex},            // bextr, shlx
    Rule{0xF8, 0xF8, read, bytes_64, legacy},        // movdir64b
    Rule{0xF9, 0xF9, write, element, legacy},        // movdiri
    Rule{0xB1, 0xB1, read, bytes_2, vex, p66 | f3},  // vbcstnesh2ps
    Rule{0xD8, 0xDF, nothing, unknown, legacy, f3},  // Key Locker
    Rule{0xE0, 0xEF, both, element, vex},            // cmpbexadd
    Rule{0x00, 0xEF, read, vector},
};

constexpr std::array rules_after_3a{
    Rule{0x00, 0xFF, nothing, unknown, evex, np | f3 | f2},  // half floats
    Rule{0x0A, 0x0A, read, bytes_4},                         // roundss
    Rule{0x0B, 0x0B, read, bytes_8},
    Rule{0x14, 0x14, write, bytes_1},  // pextrb
    Rule{0x15, 0x15, write, bytes_2},
    Rule{0x16, 0x16, write, element},
    Rule{0x17, 0x17, write, bytes_4},       // extractps
    Rule{0x18, 0x18, read, bytes_16, avx},  // vinsertf128
    Rule{0x19, 0x19, write, bytes_16, avx},
    Rule{0x1A, 0x1A, read, bytes_32, evex},
    Rule{0x1B, 0x1B, write, bytes_32, evex},
    Rule{0x1D, 0x1D, write, half, avx},     // vcvtps2ph
    Rule{0x20, 0x20, read, bytes_1},        // pinsrb
    Rule{0x21, 0x21, read, bytes_4},        // insertps
    Rule{0x22, 0x22, read, element},        // pinsrd
    Rule{0x27, 0x27, read, element, evex},  // of one element
    Rule{0x38, 0x38, read, bytes_16, avx},  // vinserti128
    Rule{0x39, 0x39, write, bytes_16, avx},
    Rule{0x3A, 0x3A, read, bytes_32, evex},
    Rule{0x3B, 0x3B, write, bytes_32, evex},
    Rule{0x51, 0x51, read, element, evex},  // of one element
    Rule{0x55, 0x55, read, element, evex},
    Rule{0x57, 0x57, read, element, evex},
    Rule{0x67, 0x67, read, element, evex},
    Rule{0x6A, 0x6A, read, bytes_4, vex},  // FMA4, of one element
    Rule{0x6B, 0x6B, read, bytes_8, vex},
    Rule{0x6E, 0x6E, read, bytes_4, vex},
    Rule{0x6F, 0x6F, read, bytes_8, vex},
    Rule{0x7A, 0x7A, read, bytes_4, vex},
    Rule{0x7B, 0x7B, read, bytes_8, vex},
    Rule{0x7E, 0x7E, read, bytes_4, vex},
    Rule{0x7F, 0x7F, read, bytes_8, vex},
    Rule{0x60, 0x63, read, bytes_16, always, any, 0xFF, Aligned::no},  // pcmpistri
    Rule{0xF0, 0xF0, read, element, vex},                              // rorx
    Rule{0x00, 0xEF, read, vector},
};

}  // namespace

std::span<const Rule> rules_0f38() noexcept
{
    return rules_after_38;
}

std::span<const Rule> rules_0f3a() noexcept
{
    return rules_after_3a;
}

}  // namespace pycore::x86
