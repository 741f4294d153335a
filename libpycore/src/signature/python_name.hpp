#pragma once

#include <string>
#include <string_view>

#include "pycore/frame.hpp"

namespace pycore {

/// The module that code of this file belongs to, as far as its path tells: "app.orders" for
/// ".../site-packages/app/orders.py", "json.decoder" for "/usr/lib/python3.11/json/decoder.py",
/// "orders" for any other ".../orders.py", "importlib._bootstrap" for "<frozen ...>". No folder of
/// the installation is part of it, nor what is generated: "<ipython-input>".
[[nodiscard]] std::string module_of_file(std::string_view path);

/// "app.orders.Order.total". What CPython ran as functions of their own in some versions only, and
/// lambdas, count as the function they are in. Empty where the code could not be read.
[[nodiscard]] std::string python_function_name(const PythonCode& code);

}  // namespace pycore
