#include "text/text_report.hpp"

namespace pycore::formats {

extern const Format text;
const Format text{.name = "text",
                  .help = "for people, like Python's tracebacks",
                  .write = write_text,
                  .needs_all_locals = false,
                  .suffix = "txt"};

}  // namespace pycore::formats
