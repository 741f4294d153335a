#include "report/json_frames.hpp"

#include <optional>

#include "report/json_writer.hpp"

namespace pycore {
namespace {

// A report may have as many code objects as frames; more than these are escaped again.
constexpr std::size_t max_cached_codes = 1024;

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

// Four numbers of at most 11 characters, an address of 20, "false", and the keys around them.
constexpr std::size_t max_own_size = 200;

}  // namespace

const FrameSerializer::CodeText& FrameSerializer::text_of(const PythonCode& code)
{
    if (const auto known = codes_.find(&code); known != codes_.end()) {
        return known->second;
    }
    if (codes_.size() == max_cached_codes) {
        codes_.clear();
    }
    CodeText text;
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
    return codes_.emplace(&code, std::move(text)).first->second;
}

std::string_view FrameSerializer::serialize(const PythonFrame& frame)
{
    const CodeText& code = text_of(*frame.code);
    frame_ = code.head;
    append_position(frame_, frame.position);
    frame_ += ", \"entry\": ";
    frame_ += frame.entry ? "true" : "false";
    frame_ += ", \"frame_address\": ";
    append_json_address(frame_, frame.address.value);
    frame_ += code.tail;
    return frame_;
}

std::size_t FrameSerializer::size_bound(const PythonFrame& frame)
{
    const CodeText& code = text_of(*frame.code);
    return code.head.size() + code.tail.size() + max_own_size;
}

}  // namespace pycore
