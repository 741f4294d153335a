#include "analysis/assertion_text.hpp"

#include <charconv>

namespace pycore {
namespace {

constexpr std::string_view separator = ": ";

struct Place {
    std::string_view before;
    std::uint32_t line = 0;
    std::string_view after;
};

/// The first ":LINE: " in `text`, and what is around it.
std::optional<Place> find_line(std::string_view text)
{
    for (auto at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
        std::uint32_t line = 0;
        const char* const first = text.data() + at + 1;
        const char* const end = text.data() + text.size();
        const auto number = std::from_chars(first, end, line);
        const std::string_view rest(number.ptr, static_cast<std::size_t>(end - number.ptr));
        if (number.ptr != first && number.ec == std::errc() && rest.starts_with(separator)) {
            return Place{
                .before = text.substr(0, at), .line = line, .after = rest.substr(separator.size())};
        }
    }
    return std::nullopt;
}

/// Without the program's name, which is not told where it is empty.
std::string_view file_of(std::string_view text)
{
    const auto program = text.find(separator);
    return program == std::string_view::npos ? text : text.substr(program + separator.size());
}

}  // namespace

std::optional<AssertionText> parse_assertion(std::string_view message)
{
    constexpr std::string_view opening = "Assertion `";
    constexpr std::string_view closing = "' failed.";
    while (message.ends_with('\n')) {
        message.remove_suffix(1);
    }
    const auto start = message.find(opening);
    if (start == std::string_view::npos || !message.ends_with(closing) ||
        message.size() < start + opening.size() + closing.size()) {
        return std::nullopt;
    }
    const auto place = find_line(message.substr(0, start));
    if (!place || (!place->after.empty() && !place->after.ends_with(separator))) {
        return std::nullopt;
    }
    std::string_view function = place->after;
    function.remove_suffix(function.empty() ? 0 : separator.size());
    std::string_view expression = message.substr(start + opening.size());
    expression.remove_suffix(closing.size());
    return AssertionText{.expression = std::string(expression),
                         .file = std::string(file_of(place->before)),
                         .line = place->line,
                         .function = std::string(function)};
}

}  // namespace pycore
