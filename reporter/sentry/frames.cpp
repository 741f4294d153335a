#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "exchange/python_place.hpp"
#include "sentry/event.hpp"
#include "view/words.hpp"

namespace pycore::sentry {
namespace {

constexpr std::size_t most_variables = 64;
constexpr std::size_t bytes_of_a_frame = 160;  // its keys and numbers, at least

// The words of Sentry's symbolicator.
std::optional<std::string_view> trust_of(const NativeCall& call)
{
    switch (call.trust) {
    case Trust::context: return "context";
    case Trust::cfi: return "cfi";
    case Trust::frame_pointer: return "fp";
    case Trust::scan: return "scan";
    case Trust::inferred: break;
    }
    return std::nullopt;
}

// Code that the program brought along: its own executable, unless that is Python itself, and
// extension modules that no distribution has installed.
bool is_own_code(const ModuleDescription& module)
{
    return !module.interpreter && (module.executable || module.python_extension) &&
           !exchange::place_of(module.path).library;
}

// Columns of ours are bytes from 0, those of Sentry characters from 1.
std::optional<std::size_t> column_of(const SourcePosition& position, std::string_view source)
{
    if (!position.column || *position.column < 0 ||
        static_cast<std::size_t>(*position.column) > source.size()) {
        return std::nullopt;
    }
    const auto before = source.substr(0, static_cast<std::size_t>(*position.column));
    return 1 + static_cast<std::size_t>(std::ranges::count_if(before, [](char byte) {
               return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
           }));
}

Json variables_of(const Draft& draft, const FrameVariables& variables)
{
    Json made = Json::object();
    for (const Variable& variable : variables.locals) {
        if (made.size() == most_variables) {
            break;
        }
        if (variable.bound) {
            made[draft.text(variable.name)] = draft.text(variable.value.text);
        }
    }
    return made;
}

void add_line(const Draft& draft,
              Json& frame,
              const SourcePosition& position,
              const SourceLine* source)
{
    if (position.line.value_or(0) > 0) {
        frame["lineno"] = *position.line;
    }
    if (source == nullptr) {
        return;
    }
    if (const auto column = column_of(position, source->text)) {
        frame["colno"] = *column;
    }
    frame["context_line"] = draft.text(source->text);
}

Json python_place(const Draft& draft, const PythonCode& code)
{
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    const exchange::PythonPlace place = exchange::place_of(code.file);
    Json frame;
    frame["platform"] = "python";
    frame["function"] = name.empty() ? "?" : draft.text(name);
    if (const std::string module = exchange::module_of(code.file); !module.empty()) {
        frame["module"] = draft.text(module);
    }
    frame["filename"] = draft.text(place.relative);
    frame["abs_path"] = draft.text(code.file);
    frame["in_app"] = !place.library && !code.file.empty();
    return frame;
}

Json python_frame(Draft& draft, const PythonFrame& python, bool variables)
{
    Json frame = python_place(draft, *python.code);
    add_line(draft, frame, python.position, python.source.get());
    if (variables && python.variables && !python.variables->locals.empty()) {
        frame["vars"] = variables_of(draft, *python.variables);
    } else if (!variables && python.variables) {
        draft.variables_left_out = true;
    }
    return frame;
}

void add_address(Json& frame, const NativeCall& call)
{
    // What is not in a frame of its own has none either: an inlined function has its caller's.
    if (call.inlined) {
        return;
    }
    const std::uint64_t back = call.return_address && call.address ? 1 : 0;
    frame["instruction_addr"] = hex(call.address.value - back);
    frame["addr_mode"] = "abs";
    if (!call.place->function.empty() && call.place->function_offset <= call.address.value) {
        frame["symbol_addr"] = hex(call.address.value - call.place->function_offset);
    }
}

Json native_frame(Draft& draft, const NativeCall& call)
{
    const NativePlace& place = *call.place;
    Json frame;
    frame["platform"] = "native";
    const std::string& name = place.function.empty() ? place.symbol : place.function;
    if (!name.empty() || call.inlined) {
        frame["function"] = name.empty() ? "?" : draft.text(name);
    }
    if (!place.symbol.empty() && place.symbol != name) {
        frame["symbol"] = draft.text(place.symbol);
    }
    add_address(frame, call);
    bool own = false;
    if (place.module && *place.module < draft.snapshot().modules.size()) {
        const ModuleDescription& module = draft.snapshot().modules[*place.module];
        frame["package"] = draft.text(module.path);
        if (module.range.contains(call.address)) {
            frame["image_addr"] = hex(module.range.low().value);
        }
        draft.used_modules.insert(*place.module);
        own = is_own_code(module);
    }
    if (!place.file.empty()) {
        frame["filename"] = draft.text(base_name(place.file));
        frame["abs_path"] = draft.text(place.file);
    }
    if (place.line != 0) {
        frame["lineno"] = place.line;
    }
    frame["in_app"] = own;
    if (const auto trust = trust_of(call)) {
        frame["trust"] = *trust;
    }
    return frame;
}

void push(Draft& draft, Json& frames, Json frame)
{
    draft.bytes += bytes_of_a_frame;
    for (const Json& value : frame) {
        draft.bytes += value.is_string() ? value.get_ref<const std::string&>().size() : 0;
    }
    if (const auto vars = frame.find("vars"); vars != frame.end()) {
        draft.bytes += vars->dump().size();
    }
    frames.push_back(std::move(frame));
}

// Those of `size` entries that are shown, the last ones first: `show` gets their indices.
template <class Show>
void show_both_ends(Draft& draft, std::size_t size, const Show& show)
{
    const std::size_t kept = std::min(size, draft.extent.frames);
    const std::size_t first_part = kept / 2;
    draft.frames_left_out += size - kept;
    for (std::size_t i = size; i-- > 0 && !draft.full();) {
        if (i < first_part || i >= size - (kept - first_part)) {
            show(i);
        }
    }
}

Json with_registers(const Snapshot& snapshot, const Thread& thread, Json frames)
{
    Json made;
    made["frames"] = std::move(frames);
    if (thread.registers) {
        const bool intel = snapshot.core.machine == Machine::x86_64;
        made["registers"] = Json{{intel ? "rip" : "pc", hex(thread.registers->pc.value)},
                                 {intel ? "rsp" : "sp", hex(thread.registers->sp.value)}};
    }
    // Ours lie within the call already.
    made["instruction_addr_adjustment"] = "none";
    return made;
}

}  // namespace

Json stacktrace(Draft& draft, const Thread& thread, bool variables)
{
    Json frames = Json::array();
    show_both_ends(draft, thread.stack.size(), [&](std::size_t i) {
        const StackFrame& frame = thread.stack[i];
        const auto* native = std::get_if<NativeCall>(&frame);
        push(draft, frames,
             native != nullptr ? native_frame(draft, *native)
                               : python_frame(draft, std::get<PythonFrame>(frame), variables));
    });
    draft.frames_left_out += thread.omitted ? thread.omitted->count : 0;
    return frames.empty() ? Json() : with_registers(draft.snapshot(), thread, std::move(frames));
}

Json stacktrace(Draft& draft, const Exception& exception)
{
    Json frames = Json::array();
    const std::vector<TracebackEntry>& entries = exception.traceback;
    // A traceback begins with the oldest frame.
    show_both_ends(draft, entries.size(), [&](std::size_t i) {
        const TracebackEntry& entry = entries[entries.size() - 1 - i];
        Json frame = python_place(draft, *entry.code);
        add_line(draft, frame, entry.position, entry.source.get());
        push(draft, frames, std::move(frame));
    });
    return frames.empty() ? Json() : Json{{"frames", std::move(frames)}};
}

}  // namespace pycore::sentry
