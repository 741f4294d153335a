#include "sources/source_match.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pycore {
namespace {

// `co_firstlineno` is the line of the first decorator, and decorators may be tables of test cases.
constexpr std::int32_t most_decorator_lines = 1000;
constexpr std::string_view blanks = " \t\f";

std::string_view without_indent(std::string_view line)
{
    return line.substr(std::min(line.find_first_not_of(blanks), line.size()));
}

bool continues_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool take_word(std::string_view& text, std::string_view word)
{
    if (!text.starts_with(word) ||
        (text.size() > word.size() && continues_name(text[word.size()]))) {
        return false;
    }
    text = without_indent(text.substr(word.size()));
    return true;
}

/// "async def NAME", "class NAME", "type NAME".
bool defines(std::string_view line, std::string_view name)
{
    line = without_indent(line);
    take_word(line, "async");
    constexpr std::array<std::string_view, 3> keywords{"def", "class", "type"};
    return std::ranges::any_of(keywords, [&line](auto word) { return take_word(line, word); }) &&
           take_word(line, name);
}

/// Not what the compiler makes without a definition in the source ("<module>", "__annotate__"), nor
/// what no source can define: a program gave such a name to its code.
bool has_definition(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, continues_name) && name != "__annotate__";
}

}  // namespace

SourceMatch match_source(const PythonCode& code, const LineAt& lines)
{
    if (code.name != "<lambda>" && !has_definition(code.name)) {
        return SourceMatch::open;
    }
    const auto first = code.first_line > 0 ? lines(code.first_line) : std::nullopt;
    if (!first) {
        return SourceMatch::refuted;
    }
    if (code.name == "<lambda>") {
        const bool there = first->find("lambda") != std::string::npos;
        return there ? SourceMatch::confirmed : SourceMatch::refuted;
    }
    if (defines(*first, code.name)) {
        return SourceMatch::confirmed;
    }
    if (!without_indent(*first).starts_with('@')) {
        return SourceMatch::refuted;
    }
    const std::int32_t end =
        std::min(code.first_line, INT32_MAX - most_decorator_lines) + most_decorator_lines;
    for (std::int32_t number = code.first_line + 1; number < end; ++number) {
        const auto line = lines(number);
        if (!line) {
            break;
        }
        if (defines(*line, code.name)) {
            return SourceMatch::confirmed;
        }
    }
    return SourceMatch::refuted;
}

bool columns_fit(const SourcePosition& position, const std::string& line)
{
    const auto inside = [&line](const std::optional<std::int32_t>& column) {
        return !column || (*column >= 0 && static_cast<std::size_t>(*column) <= line.size());
    };
    const bool one_line = !position.end_line || position.end_line == position.line;
    return inside(position.column) && (!one_line || inside(position.end_column));
}

}  // namespace pycore
