#include "unwind/symbol_names.hpp"

#include "support/catch.hpp"

namespace pycore::test {
namespace {

TEST_CASE("suffixes of a compiler do not belong to a name", "[unwind]")
{
    CHECK(without_suffixes("run_mod.lto_priv.0") == "run_mod");
    CHECK(without_suffixes("decode.part.0.cold") == "decode");
    CHECK(without_suffixes("f.constprop.12.isra.0") == "f");
    CHECK(without_suffixes("_PyEval_EvalFrameDefault.cold") == "_PyEval_EvalFrameDefault");
    CHECK(without_suffixes("f.llvm.1234567") == "f");
    CHECK(without_suffixes("main") == "main");
    CHECK(without_suffixes("a.b") == "a.b");
    CHECK(without_suffixes(".cold") == ".cold");
    CHECK(without_suffixes("").empty());
}

TEST_CASE("C++ names are demangled, split parts included", "[unwind]")
{
    CHECK(readable_name("_ZNSt6vectorIiSaIiEE9push_backEOi") ==
          "std::vector<int, std::allocator<int> >::push_back(int&&)");
    CHECK(readable_name("_ZN3app4loadEi.cold") == "app::load(int)");
    CHECK(readable_name("_Zebra") == "_Zebra");
}

TEST_CASE("older Rust names lose their hash and their escapes", "[unwind]")
{
    CHECK(readable_name("_ZN4core9panicking5panic17h0123456789abcdefE") ==
          "core::panicking::panic");
    CHECK(readable_name("_ZN66_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$"
                        "4drop17h0123456789abcdefE") ==
          "<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop");
}

TEST_CASE("a name that would grow without end is left alone", "[unwind]")
{
    std::string bomb = "_Z1fSt4pairI";
    for (int index = 0; index < 60; ++index) {
        bomb += "S0_S0_";
    }
    CHECK(readable_name(bomb) == bomb);
    CHECK(readable_name("_Z" + std::string(100'000, 'P')).size() == 100'002);
}

TEST_CASE("a variant of a C function for some processors is that function", "[unwind]")
{
    CHECK(readable_name("__memmove_avx_unaligned_erms") == "memmove");
    CHECK(readable_name("__strlen_evex") == "strlen");
    CHECK(readable_name("__strncmp_sse4_2") == "strncmp");
    CHECK(readable_name("__avx_helper") == "__avx_helper");
    CHECK(readable_name("blend_avx2") == "blend_avx2");
}

}  // namespace
}  // namespace pycore::test
