#include "report/json_parts.hpp"
#include "report/json_waits.hpp"

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

void write_hints(JsonWriter& out, const std::vector<Hint>& hints)
{
    out.key("hints");
    out.open_array(Shape::block);
    for (const Hint& hint : hints) {
        out.open_object(Shape::block);
        out.member("id", hint.id);
        out.member("severity", name_of(hint.severity));
        out.member("confidence", name_of(hint.confidence));
        out.member("title", hint.title);
        out.member("detail", hint.detail);
        out.key("threads");
        out.open_array(Shape::line);
        for (const std::int32_t thread : hint.threads) {
            out.number(thread);
        }
        out.close_array();
        out.key("evidence");
        out.open_array(Shape::block);
        for (const std::string& evidence : hint.evidence) {
            out.text(evidence);
        }
        out.close_array();
        out.close_object();
    }
    out.close_array();
}

void write_privacy(JsonWriter& out, const PrivacyDescription& privacy)
{
    out.key("privacy");
    out.open_object(Shape::line);
    out.member("level", name_of(privacy.level));
    out.key("redactions");
    out.open_array(Shape::block);
    for (const Redaction& redaction : privacy.redactions) {
        out.open_object(Shape::line);
        out.member("where", redaction.where);
        out.member("reason", redaction.reason);
        out.member("count", redaction.count);
        out.close_object();
    }
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
    write_interpreters(out, snapshot);
    write_threads(out, snapshot, stacks);
    write_deadlocks(out, report);
    write_hints(out, report.hints);
    write_modules(out, snapshot.list_modules ? snapshot.modules : no_modules);
    write_signature(out, report.signature);
    write_warnings(out, snapshot.gaps);
    write_limits(out, snapshot.limits);
    write_privacy(out, snapshot.privacy);
    out.close_object();
    out.finish();
}

void write_json(const Report& report, std::ostream& out)
{
    JsonWriter writer(&out);
    write_report(writer, report, Stacks::written);
}

}  // namespace pycore
