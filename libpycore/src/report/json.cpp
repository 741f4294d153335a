#include "report/json_parts.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

void write_header(JsonWriter& out, Status status)
{
    out.member("schema", "pycore-report");
    out.member("schema_version", "1.0");
    out.member("status", name_of(status));
    out.key("generator");
    out.open_object(Shape::line);
    out.member("name", "libpycore");
    out.member("version", library_version());
    out.close_object();
}

// Nothing is redacted yet because nothing secret is collected yet: no locals, no environment.
void write_privacy(JsonWriter& out)
{
    out.key("privacy");
    out.open_object(Shape::line);
    out.member("level", "local");
    out.key("redactions");
    out.open_array(Shape::line);
    out.close_array();
    out.close_object();
}

}  // namespace

void write_report(JsonWriter& out, const Report& report, Stacks stacks)
{
    static const std::vector<ModuleDescription> no_modules;
    const Snapshot& snapshot = report.snapshot;
    out.open_object(Shape::block);
    write_header(out, report.status);
    write_core(out, snapshot.core);
    write_process(out, snapshot.process);
    write_crash(out, snapshot, report.diagnosis);
    write_interpreters(out, snapshot.interpreters);
    write_threads(out, snapshot, stacks);
    write_modules(out, snapshot.list_modules ? snapshot.modules : no_modules);
    write_warnings(out, snapshot.gaps);
    write_limits(out, snapshot.limits);
    write_privacy(out);
    out.close_object();
    out.finish();
}

void write_json(const Report& report, std::ostream& out)
{
    JsonWriter writer(&out);
    write_report(writer, report, Stacks::written);
}

}  // namespace pycore
