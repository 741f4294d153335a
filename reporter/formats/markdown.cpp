#include "markdown/markdown_report.hpp"

namespace pycore::formats {

extern const Format markdown;
const Format markdown{.name = "markdown",
                      .help = "for an issue tracker, at most 60 KB",
                      .write = pycore::markdown::write_report,
                      .needs_all_locals = false,
                      .suffix = "md"};

}  // namespace pycore::formats
