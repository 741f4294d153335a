#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// The name of a function without what a compiler or a change of its parameters may alter:
/// "tracking::Track::position_at" for "float tracking::Track<int>::position_at(long) const",
/// "alloc::vec::Vec::push" for "<alloc::vec::Vec<T> as core::ops::Drop>::push". Parameters,
/// template arguments, return types, numbers of lambdas, "[clone .cold]", "__GI_" and symbol
/// versions go.
[[nodiscard]] std::string bare_function_name(std::string_view demangled);

/// The name of a module without version and ABI: "libz" for "/usr/lib/libz.so.1.2.13", "_codec"
/// for "_codec.cpython-311-x86_64-linux-gnu.so".
[[nodiscard]] std::string bare_module_name(std::string_view path);

}  // namespace pycore
