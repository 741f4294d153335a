#include "report/json_parts.hpp"

#include <cmath>

#include "elf/register_names.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

// Four digits say all that a share of pages means to a reader.
double rounded(double share)
{
    return std::round(share * 10'000) / 10'000;
}

}  // namespace

void write_registers(JsonWriter& out, const ThreadRegisters& registers, Machine machine)
{
    const auto names = register_names(machine);
    out.key("registers");
    out.open_object(Shape::line);
    for (std::size_t i = 0; i < names.size(); ++i) {
        out.member(names[i], Address{registers.general[i]});
    }
    out.close_object();
}

void write_core(JsonWriter& out, const CoreDescription& core)
{
    out.key("core");
    out.open_object(Shape::block);
    out.member("path", core.path);
    out.member("size", core.size);
    out.member("compression", pycore::name_of(core.compression));
    out.member("truncated", core.truncated);
    out.member("architecture", pycore::name_of(core.machine));
    out.member("segments", core.segments);
    out.member("page_coverage", rounded(core.page_coverage));
    out.close_object();
}

void write_process(JsonWriter& out, const ProcessDescription& process)
{
    out.key("process");
    out.open_object(Shape::block);
    out.member("pid", process.pid);
    out.member("ppid", process.ppid);
    out.member("uid", process.uid);
    out.member("gid", process.gid);
    out.member("command", process.command);
    out.key("command_line");
    out.open_array(Shape::line);
    for (const std::string& argument : process.command_line) {
        out.text(argument);
    }
    out.close_array();
    out.member("executable", process.executable);
    out.member("executable_build_id", process.executable_build_id);
    if (process.environment) {
        out.key("environment");
        out.open_array(Shape::block);
        for (const EnvironmentVariable& variable : *process.environment) {
            out.open_object(Shape::line);
            out.member("name", variable.name);
            out.member("value", variable.value);
            out.close_object();
        }
        out.close_array();
    }
    out.close_object();
}

void write_modules(JsonWriter& out, const std::vector<ModuleDescription>& modules)
{
    out.key("modules");
    out.open_array(Shape::block);
    for (const ModuleDescription& module : modules) {
        out.open_object(Shape::line);
        out.member("path", module.path);
        out.member("build_id", module.build_id);
        out.member("start", module.range.low());
        out.member("end", module.range.high());
        out.member("found", module.found);
        out.member("executable", module.executable);
        out.member("python_extension", module.python_extension);
        out.member("package", module.package);
        out.close_object();
    }
    out.close_array();
}

void write_warnings(JsonWriter& out, const std::vector<Gap>& gaps)
{
    out.key("warnings");
    out.open_array(Shape::block);
    for (const Gap& gap : gaps) {
        out.open_object(Shape::line);
        out.member("code", gap.code);
        out.member("message", gap.message);
        out.member("address", gap.address);
        out.member("thread", gap.thread);
        out.close_object();
    }
    out.close_array();
}

void write_limits(JsonWriter& out, const std::vector<LimitHit>& hits)
{
    out.key("limits");
    out.open_object(Shape::line);
    out.key("hit");
    out.open_array(Shape::block);
    for (const LimitHit& hit : hits) {
        out.open_object(Shape::line);
        out.member("limit", hit.limit);
        out.member("value", hit.value);
        out.member("where", hit.where);
        out.close_object();
    }
    out.close_array();
    out.close_object();
}

}  // namespace pycore
