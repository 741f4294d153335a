#include "signature/generated_text.hpp"

#include <algorithm>

namespace pycore {
namespace {

constexpr std::string_view decimal_digits = "0123456789";
constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
constexpr std::size_t shortest_id = 8;

std::size_t run_of(std::string_view letters, std::string_view text)
{
    return std::min(text.find_first_not_of(letters), text.size());
}

bool is_word_letter(char letter)
{
    return letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z');
}

/// The length of an id that `text` starts with: hexadecimal digits, numbers among them, that end
/// where the word does.
std::size_t id_at(std::string_view text)
{
    const std::size_t length = run_of(hex_digits, text);
    const bool ends = length == text.size() || !is_word_letter(text[length]);
    const bool numbered = text.substr(0, length).find_first_of(decimal_digits) != text.npos;
    return length >= shortest_id && ends && numbered ? length : 0;
}

/// The length of what is left out at the start of `text`.
std::size_t number_at(std::string_view text, bool in_word, std::size_t digits)
{
    if (const std::size_t address = text.starts_with("0x") ? run_of(hex_digits, text.substr(2)) : 0;
        address > 0) {
        return address + 2;
    }
    if (const std::size_t id = in_word ? 0 : id_at(text); id > 0) {
        return id;
    }
    const std::size_t number = run_of(decimal_digits, text);
    return number >= digits ? number : 0;
}

}  // namespace

std::string without_numbers(std::string_view text, std::size_t digits)
{
    std::string made;
    bool in_word = false;
    while (!text.empty()) {
        const std::size_t number = number_at(text, in_word, digits);
        const std::size_t taken =
            std::max(number, std::max<std::size_t>(run_of(decimal_digits, text), 1));
        made += number > 0 ? "N" : text.substr(0, taken);
        in_word = is_word_letter(text[taken - 1]) && text[taken - 1] != '_';
        text.remove_prefix(taken);
    }
    return made;
}

}  // namespace pycore
