#include "report/json_parts.hpp"
#include "report/json_waits.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

std::string_view name_of(LayoutSource source) noexcept
{
    switch (source) {
    case LayoutSource::debug_offsets: return "debug_offsets";
    case LayoutSource::table: return "table";
    case LayoutSource::dwarf: return "dwarf";
    }
    return "table";
}

void write_version(JsonWriter& out, const Interpreter& interpreter)
{
    out.key("version");
    out.open_object(Shape::line);
    out.member("major", interpreter.version.major);
    out.member("minor", interpreter.version.minor);
    out.member("micro", interpreter.version.micro);
    out.member("text", interpreter.version_text);
    out.close_object();
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts)
{
    out.key(key);
    out.open_array(Shape::line);
    for (const std::string& text : texts) {
        out.text(text);
    }
    out.close_array();
}

void write_imports(JsonWriter& out, const InterpreterModules& modules)
{
    write_texts(out, "argv", modules.argv);
    write_texts(out, "orig_argv", modules.original_argv);
    write_texts(out, "path", modules.path);
    out.member("executable", modules.executable);
    out.member("module_list_complete", modules.complete);
    out.key("module_list");
    out.open_array(Shape::block);
    for (const ImportedModule& module : modules.list) {
        out.open_object(Shape::line);
        out.member("name", module.name);
        out.member("version", module.version);
        out.member("file", module.file);
        out.member("distribution", module.distribution);
        out.close_object();
    }
    out.close_array();
}

void write_interpreter(JsonWriter& out, const Snapshot& snapshot, const Interpreter& interpreter)
{
    out.open_object(Shape::line);
    out.member("id", interpreter.id);
    write_version(out, interpreter);
    out.key("build");
    out.open_object(Shape::line);
    out.member("debug", interpreter.flavour.debug);
    out.member("free_threaded", interpreter.flavour.free_threaded);
    out.close_object();
    out.member("layout_source", name_of(interpreter.layout_source));
    out.member("runtime_address", interpreter.runtime);
    out.member("address", interpreter.address);
    write_gil(out, snapshot, interpreter);
    out.member("gc_running", interpreter.gc_running);
    out.member("finalizing", interpreter.finalizing);
    out.member("modules", interpreter.module_count);
    if (interpreter.modules) {
        write_imports(out, *interpreter.modules);
    }
    out.close_object();
}

}  // namespace

void write_interpreters(JsonWriter& out, const Snapshot& snapshot)
{
    out.key("interpreters");
    out.open_array(Shape::block);
    for (const Interpreter& interpreter : snapshot.interpreters) {
        write_interpreter(out, snapshot, interpreter);
    }
    out.close_array();
}

}  // namespace pycore
