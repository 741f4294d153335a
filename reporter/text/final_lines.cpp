#include <algorithm>

#include "text/traceback_writer.hpp"

namespace pycore {
namespace {

/// The name as tracebacks have it: without the module of the program itself.
std::string shown_type(const std::string& type)
{
    constexpr std::string_view own = "__main__.";
    if (type.empty()) {
        return "<unknown type>";
    }
    return type.starts_with(own) ? type.substr(own.size()) : type;
}

bool is_start(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::int64_t characters_of(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), is_start);
}

std::string_view first_characters(std::string_view text, std::int64_t count)
{
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        if (is_start(text[end]) && count-- <= 0) {
            break;
        }
    }
    return text.substr(0, end);
}

std::string_view without_end(std::string_view text)
{
    return text.substr(0, text.find_last_not_of('\n') + 1);
}

std::string_view without_start(std::string_view text)
{
    return text.substr(std::min(text.find_first_not_of(" \n\f"), text.size()));
}

struct Columns {
    std::int64_t first = 0;  ///< from 0, in the text without its indentation
    std::int64_t end = 0;
};

/// Where the carets go, as traceback.py reckons.
Columns columns_of(const SyntaxErrorPlace& place, std::string_view line)
{
    const std::int64_t length = characters_of(line);
    const std::int64_t all = characters_of(*place.text);
    const std::int64_t indent = length - characters_of(without_start(line));
    std::int64_t start = *place.column;
    std::int64_t end = length + 1;
    if (place.line == place.end_line) {
        end = place.end_column.value_or(0) != 0 ? *place.end_column : start;
    }
    start = all != 0 && start > all ? length + 1 : start;
    end = all != 0 && end > all ? length + 1 : end;
    if (start >= end || end < 0) {
        end = start + 1;
    }
    return {.first = start - 1 - indent, .end = end - 1 - indent};
}

}  // namespace

// Columns of a hostile process may be anything: more carets than the line has are not drawn.
void TracebackWriter::write_marked_text(const SyntaxErrorPlace& place)
{
    const std::string_view line = without_end(*place.text);
    const std::string_view shown = without_start(line);
    write_lines("    " + std::string(shown));
    constexpr std::int64_t most = 1 << 20;
    if (!place.column || *place.column < 0 || *place.column > most ||
        place.end_column.value_or(0) > most || place.end_column.value_or(0) < -1) {
        return;
    }
    const Columns columns = columns_of(place, line);
    if (columns.first < 0) {
        return;
    }
    const std::int64_t missing = columns.first - characters_of(shown);
    const auto before = characters_of(to_printable(first_characters(shown, columns.first))) +
                        std::max<std::int64_t>(missing, 0);
    write_lines("    " + std::string(static_cast<std::size_t>(before), ' ') +
                std::string(static_cast<std::size_t>(columns.end - columns.first), '^'));
}

void TracebackWriter::write_syntax_place(const SyntaxErrorPlace& place)
{
    if (place.line) {
        const std::string& file = place.file.value_or("");
        write_lines("  File \"" + (file.empty() ? "<string>" : file) + "\", line " +
                    std::to_string(*place.line));
    }
    if (place.text) {
        write_marked_text(place);
    }
}

void TracebackWriter::write_final_lines(const Exception& exception)
{
    std::string text = exception.message;
    if (exception.syntax) {
        const SyntaxErrorPlace& place = *exception.syntax;
        write_syntax_place(place);
        text = place.message.value_or("").empty() ? "<no detail available>" : *place.message;
        text += place.file && !place.line ? " (" + *place.file + ")" : "";
    }
    write_lines(shown_type(exception.type) + (text.empty() ? "" : ": " + text), Style::heading);
    if (!exception.message_certain) {
        write_lines("[its own __str__ was not run]", Style::faint);
    }
    for (const std::string& note : exception.notes) {
        write_lines(note);
    }
    if (!exception.complete) {
        write_lines("[not all of this exception could be read]", Style::warning);
    }
}

}  // namespace pycore
