#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch/entry.hpp"

namespace pycore {

/// `index.html`: the crashes, grouped, with links to their reports. `entries` are in the order of
/// the index. However many there are, the page stays below 5 MB, and says what it leaves out.
[[nodiscard]] std::string index_page(const std::vector<BatchEntry>& entries);

/// A file name as a relative link.
[[nodiscard]] std::string link_to(std::string_view file_name);

}  // namespace pycore
