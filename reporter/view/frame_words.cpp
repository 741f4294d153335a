#include "view/frame_words.hpp"

#include "view/words.hpp"

namespace pycore {
namespace {

constexpr const char* unknown = "???";

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
    return text;
}

std::string_view doubt_of(const NativeCall& call)
{
    if (!call.executable) {
        return "no code is there";
    }
    switch (call.trust) {
    case Trust::context:
    case Trust::cfi: return {};
    case Trust::inferred: return "inferred";
    default: return "a guess";
    }
}

}  // namespace

NativeWords native_words(const Snapshot& snapshot, const NativeCall& call)
{
    NativeWords words{.name = call.place->function,
                      .source = source_of(*call.place, call.inlined),
                      .module = {},
                      .doubt = doubt_of(call)};
    const auto index = call.place->module;
    if (!index || *index >= snapshot.modules.size()) {
        words.name = words.name.empty() ? hex(call.address.value) : words.name;
        return words;
    }
    const std::string module(base_name(snapshot.modules[*index].path));
    if (words.name.empty()) {
        words.name = module + "+" + hex(call.place->module_offset);
    } else {
        words.module = module;
    }
    return words;
}

PythonWords python_words(const PythonFrame& frame)
{
    const PythonCode& code = *frame.code;
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    return {.name = name.empty() ? unknown : name,
            .file = code.file.empty() ? unknown : code.file,
            .line = frame.position.line ? std::to_string(*frame.position.line) : unknown};
}

}  // namespace pycore
