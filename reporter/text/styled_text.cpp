#include "text/styled_text.hpp"

namespace pycore {
namespace {

// The colors of CPython 3.13's own tracebacks where there is a match.
std::string_view sequence_of(Style style) noexcept
{
    switch (style) {
    case Style::headline: return "\x1b[1;31m";
    case Style::heading: return "\x1b[1m";
    case Style::place: return "\x1b[35m";
    case Style::warning: return "\x1b[33m";
    case Style::faint: return "\x1b[2m";
    case Style::plain: break;
    }
    return {};
}

}  // namespace

StyledText& StyledText::plain(std::string_view ours)
{
    out_.write(ours.data(), static_cast<std::streamsize>(ours.size()));
    return *this;
}

StyledText& StyledText::styled(Style style, std::string_view from_core)
{
    const std::string_view begin = color_ ? sequence_of(style) : std::string_view{};
    return plain(begin).quoted(from_core).plain(begin.empty() ? "" : "\x1b[0m");
}

}  // namespace pycore
