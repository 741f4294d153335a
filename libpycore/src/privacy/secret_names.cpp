#include "privacy/secret_names.hpp"

#include <algorithm>
#include <array>

namespace pycore {
namespace {

constexpr std::array words{
    std::string_view{"password"},   std::string_view{"passwd"},     std::string_view{"passphrase"},
    std::string_view{"secret"},     std::string_view{"token"},      std::string_view{"apikey"},
    std::string_view{"api_key"},    std::string_view{"api-key"},    std::string_view{"auth"},
    std::string_view{"cookie"},     std::string_view{"credential"}, std::string_view{"private"},
    std::string_view{"session"},    std::string_view{"dsn"},        std::string_view{"bearer"},
    std::string_view{"access_key"}, std::string_view{"accesskey"}};

constexpr char to_lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_letters(char a, char b) noexcept
{
    return to_lower(a) == to_lower(b);
}

bool begins_with(std::string_view text, std::string_view word) noexcept
{
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), equal_letters);
}

// "author", "authority", but not "authorization".
bool is_author(std::string_view rest) noexcept
{
    return begins_with(rest, "author") && !begins_with(rest, "authoriz") &&
           !begins_with(rest, "authoris");
}

}  // namespace

bool is_secret_name(std::string_view name) noexcept
{
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string_view rest = name.substr(i);
        const bool found = std::ranges::any_of(
            words, [&](std::string_view word) { return begins_with(rest, word); });
        if (found && !is_author(rest)) {
            return true;
        }
    }
    return false;
}

}  // namespace pycore
