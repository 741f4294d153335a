#include "text/wrapped.hpp"

#include <algorithm>
#include <string>

namespace pycore {
namespace {

std::size_t columns_of(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Takes the words from `text` that fit into `width` columns, and at least one.
std::string_view take_line(std::string_view& text, std::size_t width)
{
    std::size_t end = 0;
    std::size_t columns = 0;
    while (end < text.size()) {
        const std::size_t next = std::min(text.find(' ', end + 1), text.size());
        columns += columns_of(text.substr(end, next - end));
        if (end != 0 && columns > width) {
            break;
        }
        end = next;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace

void write_wrapped(StyledText& out, std::string_view printable, Indent indent, Style style)
{
    std::size_t blanks = indent.first;
    // The last column stays free: some terminals begin a new line as soon as it is taken.
    const auto room = [&] { return out.width() > blanks + 1 ? out.width() - blanks - 1 : 1; };
    do {
        out.plain(std::string(blanks, ' ')).styled(style, take_line(printable, room()));
        out.plain("\n");
        blanks = indent.rest;
    } while (!printable.empty());
}

}  // namespace pycore
