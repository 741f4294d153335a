#include "format.hpp"

namespace pycore::formats {
namespace {

void write(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    write_json(report, out);
}

}  // namespace

extern const Format json;
const Format json{.name = "json", .help = "JSON, report format 1", .write = write};

}  // namespace pycore::formats
