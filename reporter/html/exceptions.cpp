#include <sstream>
#include <streambuf>
#include <string>

#include "html/escape.hpp"
#include "html/stack.hpp"
#include "text/styled_text.hpp"
#include "text/traceback_writer.hpp"
#include "view/exception_order.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t most_of_exception = 120'000;
constexpr std::size_t longest_line = 2'000;

/// Keeps what is written to it up to a size, and refuses the rest.
class Cut final : public std::streambuf {
public:
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] bool complete() const noexcept { return complete_; }

private:
    int_type overflow(int_type byte) override
    {
        const char character = traits_type::to_char_type(byte);
        return xsputn(&character, 1) == 1 ? byte : traits_type::eof();
    }

    std::streamsize xsputn(const char* bytes, std::streamsize count) override
    {
        if (text_.size() + static_cast<std::size_t>(count) > most_of_exception) {
            complete_ = false;
            return 0;
        }
        text_.append(bytes, static_cast<std::size_t>(count));
        return count;
    }

    std::string text_;
    bool complete_ = true;
};

void write_lines(Page& page, std::string_view text)
{
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        page.text(line, longest_line).markup("\n");
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
}

void write_exception(Page& page, const Exception& exception)
{
    Cut cut;
    std::ostream stream(&cut);
    StyledText text(stream, Presentation{});
    TracebackWriter(text, "").write_chain(exception);
    page.markup("<pre class=\"traceback\" tabindex=\"0\">");
    write_lines(page, cut.text());
    page.markup("</pre>\n");
    if (!cut.complete()) {
        page.markup("<p class=\"note\">[the rest is left out of this page; the JSON has it]</p>\n");
    }
}

}  // namespace

void write_exceptions(Page& page, const Thread& thread)
{
    for (const ShownException& shown : shown_exceptions(thread)) {
        if (page.full()) {
            page.markup("<p class=\"note\">[more exceptions in the JSON]</p>\n");
            return;
        }
        page.markup("<p class=\"lead\">").markup(shown.introduction).markup("</p>\n");
        write_exception(page, *shown.exception);
    }
}

}  // namespace pycore::html
