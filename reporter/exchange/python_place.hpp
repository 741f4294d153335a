#pragma once

#include <string>
#include <string_view>

#include "pycore/frame.hpp"

namespace pycore::exchange {

/// Where the code of a Python file belongs, as far as its path tells.
struct PythonPlace {
    std::string_view relative;  ///< the path below `site-packages` and the like; else all of it
    bool library = false;       ///< of Python itself, or of an installed distribution
};

[[nodiscard]] PythonPlace place_of(std::string_view path) noexcept;

/// The dotted name of the module: "concurrent.futures.thread" of a library, "app" of any other
/// file, whose package the path does not tell. Empty for what is no file: "<string>".
[[nodiscard]] std::string module_of(std::string_view path);

/// "app.Order.total", "<string>.f": the function with its module.
[[nodiscard]] std::string full_name(const PythonCode& code);

}  // namespace pycore::exchange
