#include "report/json_frames.hpp"

#include <optional>

#include "report/json_variables.hpp"
#include "report/json_writer.hpp"

namespace pycore {
namespace {

// A report may have as many code objects as frames; more than these are escaped again.
constexpr std::size_t max_shared = 4096;

void append_name(std::string& out, std::string_view key, const std::string& name)
{
    out.append(key).append(name.empty() ? "null" : json_text(name));
}

void append_optional(std::string& out, std::string_view key, std::optional<std::int32_t> value)
{
    out += key;
    if (value) {
        append_json_number(out, *value);
    } else {
        out += "null";
    }
}

void append_position(std::string& out, const SourcePosition& position)
{
    append_optional(out, ", \"line\": ", position.line);
    append_optional(out, ", \"end_line\": ", position.end_line);
    append_optional(out, ", \"column\": ", position.column);
    append_optional(out, ", \"end_column\": ", position.end_column);
}

void append_flag(std::string& out, std::string_view key, bool value)
{
    out.append(key).append(value ? "true" : "false");
}

// Four numbers of at most 11 characters, an address of 20, "false", and the keys around them; of
// native frames an address, a word and four flags.
constexpr std::size_t max_own_size = 240;

}  // namespace

const FrameSerializer::SharedText& FrameSerializer::text_of(const PythonCode& code)
{
    if (const auto known = shared_.find(&code); known != shared_.end()) {
        return known->second;
    }
    SharedText text;
    append_name(text.head, "{\"kind\": \"python\", \"function\": ", code.name);
    append_name(text.head, ", \"qualified_name\": ", code.qualified_name);
    append_name(text.head, ", \"file\": ", code.file);
    if (code.address) {
        text.tail = ", \"code_flags\": ";
        append_json_number(text.tail, code.flags);
        text.tail += ", \"code_address\": ";
        append_json_address(text.tail, code.address.value);
    }
    text.tail += '}';
    return shared_.emplace(&code, std::move(text)).first->second;
}

const FrameSerializer::SharedText& FrameSerializer::text_of(const NativePlace& place)
{
    if (const auto known = shared_.find(&place); known != shared_.end()) {
        return known->second;
    }
    SharedText text;
    append_name(text.head, "{\"kind\": \"native\", \"function\": ", place.function);
    append_name(text.head, ", \"symbol\": ", place.symbol);
    if (place.module && *place.module < modules_.size()) {
        const ModuleDescription& module = modules_[*place.module];
        append_name(text.tail, ", \"module\": ", module.path);
        append_name(text.tail, ", \"build_id\": ", module.build_id.value_or(""));
        text.tail += ", \"module_offset\": ";
        append_json_address(text.tail, place.module_offset);
    } else {
        text.tail = ", \"module\": null, \"build_id\": null, \"module_offset\": null";
    }
    append_name(text.tail, ", \"file\": ", place.file);
    text.tail += ", \"line\": ";
    if (place.line != 0) {
        append_json_number(text.tail, place.line);
    } else {
        text.tail += "null";
    }
    return shared_.emplace(&place, std::move(text)).first->second;
}

const FrameSerializer::SharedText& FrameSerializer::text_of(const SourceLine& line)
{
    if (const auto known = shared_.find(&line); known != shared_.end()) {
        return known->second;
    }
    SharedText text;
    text.head = ", \"source\": " + json_text(line.text);
    text.tail = line.from_process ? ", \"source_from_process\": true" : "";
    return shared_.emplace(&line, std::move(text)).first->second;
}

void FrameSerializer::append(const PythonFrame& frame)
{
    const SharedText& text = text_of(*frame.code);
    frame_ = text.head;
    append_position(frame_, frame.position);
    if (frame.source) {
        const SharedText& source = text_of(*frame.source);
        frame_.append(source.head).append(source.tail);
    } else {
        frame_ += ", \"source\": null";
    }
    append_flag(frame_, ", \"entry\": ", frame.entry);
    if (!frame.placed) {
        frame_ += ", \"placement_certain\": false";
    }
    frame_ += ", \"frame_address\": ";
    append_json_address(frame_, frame.address.value);
    if (frame.variables) {
        append_names(*frame.variables);
    }
    frame_ += text.tail;
}

void FrameSerializer::append_names(const FrameVariables& variables)
{
    frame_ += ", \"locals\": ";
    append_variables(frame_, variables.locals);
    if (!variables.globals.empty()) {
        frame_ += ", \"globals\": ";
        append_variables(frame_, variables.globals);
    }
    if (!variables.complete) {
        frame_ += ", \"locals_complete\": false";
    }
}

void FrameSerializer::append(const NativeCall& call)
{
    const SharedText& text = text_of(*call.place);
    frame_ = text.head;
    frame_ += ", \"address\": ";
    append_json_address(frame_, call.address.value);
    frame_ += text.tail;
    append_flag(frame_, ", \"inlined\": ", call.inlined);
    frame_.append(", \"trust\": \"").append(name_of(call.trust));
    append_flag(frame_, "\", \"signal_frame\": ", call.signal_frame);
    // What few frames have to say is left out of the others.
    if (!call.executable) {
        frame_ += ", \"executable\": false";
    }
    if (call.runs_python) {
        frame_ += ", \"runs_python\": true";
    }
    frame_ += '}';
}

std::string_view FrameSerializer::serialize(const StackFrame& frame)
{
    if (shared_.size() >= max_shared) {
        shared_.clear();
    }
    std::visit([this](const auto& one) { append(one); }, frame);
    return frame_;
}

std::size_t FrameSerializer::size_bound(const StackFrame& frame)
{
    if (shared_.size() >= max_shared) {
        shared_.clear();
    }
    const auto* const python = std::get_if<PythonFrame>(&frame);
    const SharedText& text =
        python != nullptr ? text_of(*python->code) : text_of(*std::get<NativeCall>(frame).place);
    std::size_t size = text.head.size() + text.tail.size() + max_own_size;
    if (python != nullptr && python->source) {
        const SharedText& source = text_of(*python->source);
        size += source.head.size() + source.tail.size();
    }
    if (python != nullptr && python->variables) {
        frame_.clear();
        append_names(*python->variables);
        size += frame_.size();
    }
    return size;
}

}  // namespace pycore
