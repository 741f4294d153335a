#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace pycore::exchange {

/// Members stay in the order they were added: the same report gives the same bytes.
using Json = nlohmann::ordered_json;

/// Printable text of at most `most` bytes; what was cut ends in "...".
[[nodiscard]] std::string text(std::string_view bytes, std::size_t most);

/// One document and a newline. `indent` -1: all on one line.
void write(std::ostream& out, const Json& document, int indent);

}  // namespace pycore::exchange
