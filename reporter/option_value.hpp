#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace pycore {

/// "--OPTION: 'VALUE' is not EXPECTED", as the parser's error.
[[noreturn]] void refuse(const std::string& option, const std::string& value, const char* expected);

/// A count. `digits` is the part of `value` that has it.
[[nodiscard]] std::uint64_t parse_number(const std::string& option,
                                         std::string_view digits,
                                         const std::string& value);

/// Bytes, or with K, M, G or T in units of 1024 and its powers.
[[nodiscard]] std::uint64_t parse_size(const std::string& option, const std::string& value);

/// An option that takes one word, which `store` is called with. `shown` follows its names in the
/// help: " DIR".
template <class Store>
CLI::Option* add_value(CLI::App& app,
                       const std::string& names,
                       const char* shown,
                       const std::string& help,
                       Store store)
{
    return app.add_option_function<std::string>(names, store, help)->option_text(shown);
}

}  // namespace pycore
