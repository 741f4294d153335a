#include "html/escape.hpp"

#include "pycore/text.hpp"

namespace pycore {
namespace {

std::string_view entity_of(char character) noexcept
{
    switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '`': return "&#96;";
    default: return {};
    }
}

}  // namespace

std::string html_text(std::string_view from_core)
{
    const std::string printable = to_printable(from_core);
    std::string text;
    text.reserve(printable.size());
    for (const char character : printable) {
        const std::string_view entity = entity_of(character);
        if (entity.empty()) {
            text += character;
        } else {
            text += entity;
        }
    }
    return text;
}

}  // namespace pycore
