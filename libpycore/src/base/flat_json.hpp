#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pycore {

/// The members of a JSON object that holds nothing but strings, as notes of ELF files do. Nothing
/// when `text` is anything else. Of members with one name, the first counts.
std::optional<std::map<std::string, std::string>> parse_flat_json(std::string_view text);

}  // namespace pycore
