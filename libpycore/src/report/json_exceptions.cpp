#include "report/json_parts.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

// What readers of exceptions make goes no deeper; a snapshot may come from elsewhere.
constexpr std::size_t deepest = 100;

void write_name(JsonWriter& out, std::string_view key, const std::string& name)
{
    out.key(key);
    name.empty() ? out.null() : out.text(name);
}

void write_entry(JsonWriter& out, const TracebackEntry& entry)
{
    out.open_object(Shape::line);
    write_name(out, "file", entry.code->file);
    out.member("line", entry.position.line);
    out.member("end_line", entry.position.end_line);
    out.member("column", entry.position.column);
    out.member("end_column", entry.position.end_column);
    write_name(out, "function", entry.code->name);
    write_name(out, "qualified_name", entry.code->qualified_name);
    if (entry.source) {
        out.member("source", entry.source->text);
    }
    out.close_object();
}

void write_syntax(JsonWriter& out, const SyntaxErrorPlace& place)
{
    out.key("syntax_error");
    out.open_object(Shape::line);
    out.member("message", place.message);
    out.member("file", place.file);
    out.member("line", place.line);
    out.member("column", place.column);
    out.member("end_line", place.end_line);
    out.member("end_column", place.end_column);
    out.member("text", place.text);
    out.close_object();
}

void write_exception(JsonWriter& out,
                     const Exception& exception,
                     std::string_view where,
                     std::size_t depth);

void write_link(JsonWriter& out,
                std::string_view key,
                const std::shared_ptr<const Exception>& exception,
                std::size_t depth)
{
    out.key(key);
    if (exception && depth < deepest) {
        write_exception(out, *exception, {}, depth + 1);
    } else {
        out.null();
    }
}

void write_members(JsonWriter& out, const Exception& exception, std::size_t depth)
{
    out.key("exceptions");
    out.open_array(Shape::block);
    for (const Exception& member : exception.exceptions) {
        if (depth < deepest) {
            write_exception(out, member, {}, depth + 1);
        }
    }
    out.close_array();
}

void write_texts(JsonWriter& out, const Exception& exception)
{
    out.member("message", exception.message);
    if (!exception.message_certain) {
        out.member("message_certain", false);
    }
    if (exception.syntax) {
        write_syntax(out, *exception.syntax);
    }
    out.key("notes");
    out.open_array(Shape::line);
    for (const std::string& note : exception.notes) {
        out.text(note);
    }
    out.close_array();
}

// Recursion ends: `deepest`.
void write_exception(JsonWriter& out,
                     const Exception& exception,
                     std::string_view where,
                     std::size_t depth)
{
    out.open_object(Shape::line);
    write_name(out, "type", exception.type);
    if (exception.address) {
        out.member("address", exception.address);
    }
    if (exception.repeated) {
        out.member("repeated", true);
        out.close_object();
        return;
    }
    if (!where.empty()) {
        out.member("where", where);
    }
    if (!exception.complete) {
        out.member("complete", false);
    }
    write_texts(out, exception);
    out.key("traceback");
    out.open_array(Shape::block);
    for (const TracebackEntry& entry : exception.traceback) {
        write_entry(out, entry);
    }
    out.close_array();
    write_link(out, "cause", exception.cause, depth);
    write_link(out, "context", exception.context, depth);
    out.member("suppress_context", exception.suppress_context);
    if (exception.is_group) {
        write_members(out, exception, depth);
    }
    out.close_object();
}

}  // namespace

void write_exceptions(JsonWriter& out, const Thread& thread)
{
    if (!thread.exception) {
        return;
    }
    out.key("exception");
    write_exception(out, *thread.exception, thread.exception_raised ? "raised" : "being_handled",
                    0);
    if (thread.handled.empty()) {
        return;
    }
    out.key("handled");
    out.open_array(Shape::block);
    for (const Exception& exception : thread.handled) {
        write_exception(out, exception, "being_handled", 0);
    }
    out.close_array();
}

}  // namespace pycore
