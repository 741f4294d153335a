#include "exchange/json.hpp"

#include <ostream>

#include "pycore/text.hpp"

namespace pycore::exchange {
namespace {

constexpr std::string_view cut_mark = "...";

// Where the character that byte `at` belongs to begins.
std::size_t start_of_character(std::string_view utf8, std::size_t at)
{
    while (at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) {
        --at;
    }
    return at;
}

}  // namespace

std::string text(std::string_view bytes, std::size_t most)
{
    std::string printable = to_printable(bytes.substr(0, most + 1));
    if (bytes.size() <= most && printable.size() <= most) {
        return printable;
    }
    const std::size_t kept = most > cut_mark.size() ? most - cut_mark.size() : 0;
    if (printable.size() > kept) {
        printable.resize(start_of_character(printable, kept));
    }
    return printable.append(cut_mark);
}

void write(std::ostream& out, const Json& document, int indent)
{
    out << document.dump(indent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace pycore::exchange
