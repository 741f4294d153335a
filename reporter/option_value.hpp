#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace pycore {

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
