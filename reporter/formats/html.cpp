#include "html/html_report.hpp"

namespace pycore::formats {

extern const Format html;
const Format html{.name = "html",
                  .help = "one web page for people, without scripts",
                  .write = pycore::html::write_html,
                  .needs_all_locals = true,
                  .suffix = "html"};

}  // namespace pycore::formats
