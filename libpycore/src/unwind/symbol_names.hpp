#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// The name a person knows a function by: demangled C++ and Rust, without what compilers append to
/// the parts of a function they split ("decode.part.0.cold" is `decode`). Rust's newer mangling
/// ("_R...") is left as it is.
[[nodiscard]] std::string readable_name(std::string_view symbol);

/// `symbol` without the suffixes of a compiler: ".cold", ".constprop.0", ".isra.1", ".part.2",
/// ".lto_priv.3", ".llvm.123".
[[nodiscard]] std::string_view without_suffixes(std::string_view symbol) noexcept;

/// The function that a C library's variant for certain processors is of: "memmove" for
/// "__memmove_avx_unaligned_erms". Otherwise empty.
[[nodiscard]] std::string_view function_of_variant(std::string_view symbol) noexcept;

}  // namespace pycore
