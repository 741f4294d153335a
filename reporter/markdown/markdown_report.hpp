#pragma once

#include "format.hpp"

namespace pycore::markdown {

/// The report for an issue tracker, in GitHub's Markdown: what matters first, the rest folded.
void write_report(const Report& report, std::ostream& out, const Presentation& how);

}  // namespace pycore::markdown
