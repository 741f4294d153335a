#include "privacy/named_secrets.hpp"

#include <algorithm>
#include <array>

#include "privacy/redacted_text.hpp"
#include "privacy/secret_names.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 128;
constexpr std::array harmless{std::string_view{"None"}, std::string_view{"True"},
                              std::string_view{"False"}};

bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

/// The name that ends before `end`.
std::string_view name_before(std::string_view text, std::size_t end)
{
    std::size_t begin = end;
    while (begin > 0 && end - begin < longest_name && is_name_character(text[begin - 1])) {
        --begin;
    }
    return text.substr(begin, end - begin);
}

/// The value that begins at `at`, without its quotes; empty when there is none.
TextSpan value_at(std::string_view text, std::size_t at, bool must_be_quoted)
{
    if (at < text.size() && text[at] == 'b' && at + 1 < text.size() && is_quote(text[at + 1])) {
        ++at;
    }
    // In the repr() of a text that holds quotes these are escaped.
    const bool escaped = at + 1 < text.size() && text[at] == '\\' && is_quote(text[at + 1]);
    at += escaped ? 1 : 0;
    if (at < text.size() && is_quote(text[at])) {
        const char quote = text[at++];
        std::size_t end = at;
        while (end < text.size() && text[end] != quote) {
            end += !escaped && text[end] == '\\' ? 2U : 1U;
        }
        end = std::min(end, text.size());
        return {at, escaped && end > at && text[end - 1] == '\\' ? end - 1 : end};
    }
    if (must_be_quoted) {
        return {at, at};
    }
    const std::size_t end = text.find_first_of(" \t\n&;,)]}'\"<>\\", at);
    return {at, std::min(end, text.size())};
}

/// Returns where to go on.
std::size_t add(std::string_view text, TextSpan span, std::vector<TextSpan>& spans)
{
    const std::string_view value = text.substr(span.begin, span.end - span.begin);
    if (!value.empty() && std::ranges::find(harmless, value) == harmless.end()) {
        spans.push_back(span);
    }
    return span.end;
}

/// `name=value`
std::size_t add_assigned(std::string_view text, std::size_t at, std::vector<TextSpan>& spans)
{
    return is_secret_name(name_before(text, at)) ? add(text, value_at(text, at + 1, false), spans)
                                                 : at;
}

/// `'name': 'value'`, also as `\"name\": \"value\"`
std::size_t add_entry(std::string_view text, std::size_t at, std::vector<TextSpan>& spans)
{
    if (at == 0 || !is_quote(text[at - 1])) {
        return at;
    }
    std::size_t end = at - 1;
    if (end > 0 && text[end - 1] == '\\') {
        --end;
    }
    if (!is_secret_name(name_before(text, end))) {
        return at;
    }
    const std::size_t value = std::min(text.find_first_not_of(' ', at + 1), text.size());
    return add(text, value_at(text, value, true), spans);
}

}  // namespace

void find_named_secrets(std::string_view text, std::vector<TextSpan>& spans)
{
    for (std::size_t at = text.find_first_of("=:"); at != std::string_view::npos;) {
        const std::size_t next =
            text[at] == '=' ? add_assigned(text, at, spans) : add_entry(text, at, spans);
        at = text.find_first_of("=:", std::max(next, at + 1));
    }
}

}  // namespace pycore
