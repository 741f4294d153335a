#pragma once

#include "format.hpp"

namespace pycore {

/// The answer alone: less than 25 lines, however much there is to say, none of them wrapped and
/// none longer than a log takes.
void write_brief(const Report& report, std::ostream& out, const Presentation& how);

}  // namespace pycore
