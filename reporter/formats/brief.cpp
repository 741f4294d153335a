#include "brief/brief_report.hpp"

namespace pycore::formats {

extern const Format brief;
const Format brief{.name = "brief",
                   .help = "what happened in less than 25 lines, for a log",
                   .write = write_brief,
                   .needs_all_locals = false,
                   .suffix = "brief.txt"};

}  // namespace pycore::formats
