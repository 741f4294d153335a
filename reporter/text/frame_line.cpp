#include "text/text_report.hpp"

namespace pycore {
namespace {

const ModuleDescription* module_of(const Snapshot& snapshot, const NativeCall& call)
{
    const auto index = call.place->module;
    return index && *index < snapshot.modules.size() ? &snapshot.modules[*index] : nullptr;
}

// "memcpy", else "libfoo.so+0x12a0", else the address.
std::string name_of(const NativeCall& call, const ModuleDescription* module)
{
    if (!call.place->function.empty()) {
        return call.place->function;
    }
    return module != nullptr
               ? std::string(base_name(module->path)) + "+" + hex(call.place->module_offset)
               : hex(call.address.value);
}

// "(copy.c:12, inlined)"; empty when there is nothing to say.
std::string source_of(const NativePlace& place, bool inlined)
{
    std::string text;
    if (!place.file.empty()) {
        text = std::string(base_name(place.file)) +
               (place.line != 0 ? ":" + std::to_string(place.line) : "");
    }
    if (inlined) {
        text += text.empty() ? "inlined" : ", inlined";
    }
    return text.empty() ? text : " (" + text + ")";
}

void write_python(StyledText& out, const PythonFrame& frame)
{
    const PythonCode& code = *frame.code;
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    out.plain("  File ");
    out.styled(Style::place, '"' + (code.file.empty() ? "???" : code.file) + '"');
    out.plain(", line ");
    out.styled(Style::place, frame.position.line ? std::to_string(*frame.position.line) : "???");
    out.plain(", in ").styled(Style::place, name.empty() ? "???" : name);
    out.plain(frame.placed ? "\n" : "  [about here]\n");
}

void write_native(StyledText& out, const Snapshot& snapshot, const NativeCall& call)
{
    const ModuleDescription* const module = module_of(snapshot, call);
    out.plain("  C    ");
    if (call.signal_frame) {
        out.styled(Style::faint, "<a signal handler was called>").plain("\n");
        return;
    }
    out.styled(Style::place, name_of(call, module));
    out.quoted(source_of(*call.place, call.inlined));
    if (module != nullptr && !call.place->function.empty()) {
        out.plain(" in ").quoted(base_name(module->path));
    }
    if (!call.executable) {
        out.styled(Style::warning, "  [no code is there]");
    }
    if (call.trust != Trust::cfi && call.trust != Trust::context) {
        out.styled(Style::faint, call.trust == Trust::inferred ? "  [inferred]" : "  [a guess]");
    }
    out.plain("\n");
}

}  // namespace

void write_frame(StyledText& out,
                 const Snapshot& snapshot,
                 const StackFrame& frame,
                 Underline underline)
{
    if (const auto* const call = std::get_if<NativeCall>(&frame)) {
        write_native(out, snapshot, *call);
    } else {
        const auto& python = std::get<PythonFrame>(frame);
        write_python(out, python);
        if (python.source) {
            write_source(out, *python.source, python.position, underline);
        }
    }
}

}  // namespace pycore
