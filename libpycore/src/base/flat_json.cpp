#include "base/flat_json.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace pycore {
namespace {

void append_utf8(std::string& out, std::uint32_t unit)
{
    if (unit < 0x80) {
        out += static_cast<char>(unit);
    } else if (unit < 0x800) {
        out += static_cast<char>(0xC0 | unit >> 6);
        out += static_cast<char>(0x80 | (unit & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | unit >> 12);
        out += static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (unit & 0x3F));
    }
}

class FlatJsonReader {
public:
    explicit FlatJsonReader(std::string_view text) : rest_(text) {}

    std::optional<std::map<std::string, std::string>> read_object()
    {
        std::map<std::string, std::string> members;
        if (!take('{')) {
            return std::nullopt;
        }
        bool good = take('}');
        while (!good) {
            auto name = read_string();
            auto value = name && take(':') ? read_string() : std::nullopt;
            if (!value) {
                return std::nullopt;
            }
            members.try_emplace(std::move(*name), std::move(*value));
            good = take('}');
            if (!good && !take(',')) {
                return std::nullopt;
            }
        }
        skip_space();
        return rest_.empty() ? std::optional(std::move(members)) : std::nullopt;
    }

private:
    void skip_space()
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    }

    bool take(char wanted)
    {
        skip_space();
        const bool there = rest_.starts_with(wanted);
        rest_.remove_prefix(there ? 1 : 0);
        return there;
    }

    std::optional<std::string> read_string()
    {
        std::string text;
        if (!take('"')) {
            return std::nullopt;
        }
        while (!rest_.empty()) {
            const char next = rest_.front();
            rest_.remove_prefix(1);
            if (next == '"') {
                return text;
            }
            if (static_cast<unsigned char>(next) < 0x20) {
                return std::nullopt;
            }
            if (next != '\\') {
                text += next;
            } else if (!read_escape(text)) {
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

    bool read_escape(std::string& text)
    {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (rest_.starts_with('u')) {
            return read_unit(text);
        }
        const auto index = rest_.empty() ? std::string_view::npos : letters.find(rest_.front());
        if (index == std::string_view::npos) {
            return false;
        }
        text += meanings[index];
        rest_.remove_prefix(1);
        return true;
    }

    /// The four digits after the `u`. Pairs of surrogates are not worth their code here.
    bool read_unit(std::string& text)
    {
        constexpr std::size_t digits = 4;
        const std::string_view hex = rest_.substr(1, digits);
        std::uint32_t unit = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), unit, 16);
        if (hex.size() != digits || error != std::errc{} || end != hex.data() + hex.size() ||
            unit >> 11 == 0x1B) {
            return false;
        }
        append_utf8(text, unit);
        rest_.remove_prefix(1 + digits);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::optional<std::map<std::string, std::string>> parse_flat_json(std::string_view text)
{
    return FlatJsonReader(text).read_object();
}

}  // namespace pycore
