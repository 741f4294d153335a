#include "html/page.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include "html/escape.hpp"
#include "pycore/text.hpp"

namespace pycore::html {
namespace {

bool starts_character(char byte) noexcept
{
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

/// The first `most` characters.
std::string_view first_of(std::string_view text, std::size_t most)
{
    constexpr std::size_t longest_character = 4;
    text = text.substr(0, most * longest_character);
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        if (starts_character(text[end]) && most-- == 0) {
            break;
        }
    }
    return text.substr(0, end);
}

}  // namespace

Page& Page::markup(std::string_view ours)
{
    out_.write(ours.data(), static_cast<std::streamsize>(ours.size()));
    written_ += ours.size();
    return *this;
}

Page& Page::number(std::uint64_t number)
{
    return markup(std::to_string(number));
}

// Cut twice: a name may be a megabyte, and a byte of it four characters.
Page& Page::text(std::string_view from_core, std::size_t most)
{
    const std::string_view start = first_of(from_core, most);
    const std::string printable = to_printable(start);
    const std::string_view shown = first_of(printable, most);
    markup(html_text(shown));
    if (start.size() < from_core.size() || shown.size() < printable.size()) {
        markup("<i class=\"note\">… [").number(from_core.size()).markup(" bytes in all]</i>");
    }
    return *this;
}

Page& Page::title(std::string_view from_core, std::size_t most)
{
    const std::string printable = to_printable(first_of(from_core, most));
    return markup(html_text(first_of(printable, most)));
}

Allowance::Allowance(Page& page, std::size_t bytes) : page_(page), before_(page.stop_)
{
    page.stop_ = std::min(before_, page.written_ + bytes);
}

}  // namespace pycore::html
