#pragma once

#include <string>
#include <vector>

#include "pycore/report.hpp"

namespace pycore::test {

/// A report of a process with two deadlocks, exceptions and all else, with `hostile` everywhere
/// that text from a core can be.
[[nodiscard]] Report hostile_report(const std::string& hostile);

/// Texts that would do something in a web page, on a terminal or to the reader's eyes.
[[nodiscard]] std::vector<std::string> hostile_texts();

}  // namespace pycore::test
