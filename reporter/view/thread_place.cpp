#include "view/thread_place.hpp"

#include "view/frame_words.hpp"
#include "view/words.hpp"

namespace pycore {
namespace {

std::string python_text(const PythonFrame& frame)
{
    const PythonWords words = python_words(frame);
    return words.name + " (" + std::string(base_name(words.file)) + ":" + words.line + ")";
}

std::string native_text(const Snapshot& snapshot, const NativeCall& call)
{
    if (call.signal_frame) {
        return std::string(signal_frame_text);
    }
    const NativeWords words = native_words(snapshot, call);
    std::string text = words.name;
    text += words.module.empty() ? "" : " in " + words.module;
    return text.append(words.doubt.empty() ? "" : " [")
        .append(words.doubt)
        .append(words.doubt.empty() ? "" : "]");
}

}  // namespace

std::string place_text(const Snapshot& snapshot, const Thread& thread)
{
    for (const StackFrame& frame : thread.stack) {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            return python_text(*python);
        }
    }
    for (const StackFrame& frame : thread.stack) {
        return native_text(snapshot, std::get<NativeCall>(frame));
    }
    return {};
}

std::string short_frame_text(const Snapshot& snapshot, const StackFrame& frame)
{
    const auto* const call = std::get_if<NativeCall>(&frame);
    return call == nullptr ? python_text(std::get<PythonFrame>(frame))
                           : "C " + native_text(snapshot, *call);
}

}  // namespace pycore
