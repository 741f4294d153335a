#include "unwind/symbol_names.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>

namespace pycore {
namespace {

constexpr std::size_t longest_mangled = 2048;
// Each reference to an earlier part may double the length of the name, in a hostile file.
constexpr std::ptrdiff_t most_references = 20;

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool is_demanglable(std::string_view symbol)
{
    if (!symbol.starts_with("_Z") || symbol.size() > longest_mangled) {
        return false;
    }
    std::ptrdiff_t references = 0;
    for (std::size_t index = 0; index + 1 < symbol.size(); ++index) {
        const char next = symbol[index + 1];
        const bool reference = next == '_' || is_digit(next) || (next >= 'A' && next <= 'Z');
        references += (symbol[index] == 'S' || symbol[index] == 'T') && reference ? 1 : 0;
    }
    return references <= most_references;
}

std::optional<std::string> demangle(std::string_view symbol)
{
    if (!is_demanglable(symbol)) {
        return std::nullopt;
    }
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(std::string(symbol).c_str(), nullptr, nullptr, &status), &std::free);
    return status == 0 && name ? std::optional<std::string>(name.get()) : std::nullopt;
}

/// "::h0123456789abcdef" at the end of Rust's older names.
bool has_rust_hash(std::string_view name)
{
    constexpr std::string_view mark = "::h";
    constexpr std::size_t digits = 16;
    if (name.size() <= mark.size() + digits) {
        return false;
    }
    const auto hash = name.substr(name.size() - digits);
    return name.substr(name.size() - digits - mark.size(), mark.size()) == mark &&
           hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// What "$...$" stands for in such a name; empty for something else.
std::string rust_escape(std::string_view code)
{
    struct Escape {
        std::string_view code;
        std::string_view text;
    };
    constexpr std::array escapes{Escape{"SP", "@"}, Escape{"BP", "*"}, Escape{"RF", "&"},
                                 Escape{"LT", "<"}, Escape{"GT", ">"}, Escape{"LP", "("},
                                 Escape{"RP", ")"}, Escape{"C", ","}};
    for (const Escape& escape : escapes) {
        if (escape.code == code) {
            return std::string(escape.text);
        }
    }
    unsigned value = 0;
    const auto end = code.data() + code.size();
    if (code.starts_with('u') && std::from_chars(code.data() + 1, end, value, 16).ptr == end &&
        value >= 0x20 && value < 0x7F) {
        return {static_cast<char>(value)};
    }
    return {};
}

std::string readable_rust(std::string_view name)
{
    name.remove_suffix(std::string_view("::h0123456789abcdef").size());
    std::string text;
    while (!name.empty()) {
        const bool component_start = text.empty() || text.ends_with("::");
        if (component_start && name.starts_with("_$")) {
            name.remove_prefix(1);
        }
        if (name.starts_with("..")) {
            text += "::";
            name.remove_prefix(2);
            continue;
        }
        const std::size_t end = name.starts_with('$') ? name.find('$', 1) : std::string_view::npos;
        const std::string escape =
            end == std::string_view::npos ? std::string{} : rust_escape(name.substr(1, end - 1));
        text += escape.empty() ? std::string(1, name.front()) : escape;
        name.remove_prefix(escape.empty() ? 1 : end + 1);
    }
    return text;
}

/// The end of the compiler's last suffix in `symbol` when that is where it ends.
std::size_t last_suffix(std::string_view symbol)
{
    constexpr std::array names{".cold",     ".constprop", ".isra",       ".part",
                               ".lto_priv", ".llvm",      ".localalias", ".ltrans"};
    std::string_view rest = symbol;
    const std::size_t number = rest.find_last_not_of("0123456789");
    if (number != std::string_view::npos && number + 1 < rest.size() && rest[number] == '.') {
        rest = rest.substr(0, number);
    }
    for (const std::string_view name : names) {
        if (rest.ends_with(name) && rest.size() > name.size()) {
            return rest.size() - name.size();
        }
    }
    return symbol.size();
}

}  // namespace

std::string_view without_suffixes(std::string_view symbol) noexcept
{
    while (true) {
        const std::size_t end = last_suffix(symbol);
        if (end == symbol.size()) {
            return symbol;
        }
        symbol = symbol.substr(0, end);
    }
}

std::string_view function_of_variant(std::string_view symbol) noexcept
{
    constexpr std::array variants{"_sse2", "_ssse3", "_sse4", "_avx", "_evex", "_erms"};
    if (!symbol.starts_with("__")) {
        return {};
    }
    symbol.remove_prefix(2);
    std::size_t end = std::string_view::npos;
    for (const std::string_view variant : variants) {
        end = std::min(end, symbol.find(variant));
    }
    return end == std::string_view::npos || end == 0 ? std::string_view{} : symbol.substr(0, end);
}

std::string readable_name(std::string_view symbol)
{
    const std::string_view clean = without_suffixes(symbol);
    if (const auto name = demangle(clean)) {
        return has_rust_hash(*name) ? readable_rust(*name) : *name;
    }
    if (const auto function = function_of_variant(clean); !function.empty()) {
        return std::string(function);
    }
    return std::string(clean);
}

}  // namespace pycore
