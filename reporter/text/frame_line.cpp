#include "text/text_report.hpp"
#include "view/frame_words.hpp"

namespace pycore {
namespace {

void write_python(StyledText& out, const PythonFrame& frame)
{
    const PythonWords words = python_words(frame);
    out.plain("  File ").styled(Style::place, '"' + words.file + '"');
    out.plain(", line ").styled(Style::place, words.line);
    out.plain(", in ").styled(Style::place, words.name);
    out.plain(frame.placed ? "\n" : "  [about here]\n");
}

void write_native(StyledText& out, const Snapshot& snapshot, const NativeCall& call)
{
    out.plain("  C    ");
    if (call.signal_frame) {
        out.styled(Style::faint, signal_frame_text).plain("\n");
        return;
    }
    const NativeWords words = native_words(snapshot, call);
    out.styled(Style::place, words.name);
    if (!words.source.empty()) {
        out.plain(" (").quoted(words.source).plain(")");
    }
    if (!words.module.empty()) {
        out.plain(" in ").quoted(words.module);
    }
    if (!words.doubt.empty()) {
        out.styled(call.executable ? Style::faint : Style::warning,
                   "  [" + std::string(words.doubt) + "]");
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
