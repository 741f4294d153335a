#include "signature/native_name.hpp"

#include <array>

#include "base/file_name.hpp"
#include "signature/generated_text.hpp"
#include "unwind/symbol_names.hpp"

namespace pycore {
namespace {

constexpr std::string_view operator_word = "operator";

/// Where the bracket that opens at `open` closes; the end where it does not.
std::size_t past_bracket(std::string_view text, std::size_t open)
{
    const char opening = text[open];
    const char closing = opening == '<' ? '>' : (opening == '(' ? ')' : '}');
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        const bool arrow = closing == '>' && at > 0 && text[at - 1] == '-';
        if (text[at] == opening) {
            ++depth;
        } else if (text[at] == closing && !arrow && --depth == 0) {
            return at + 1;
        }
    }
    return text.size();
}

/// "<Vec<T> as Drop>" at the start of Rust's names: the type.
std::string_view type_of_impl(std::string_view impl)
{
    impl = impl.substr(1, impl.size() - 2);
    return impl.substr(0, impl.rfind(" as "));
}

/// The symbols after "operator" at the end of `made`: "<<" of "<<(", "()" of "()(".
std::size_t operator_symbol(std::string_view made, std::string_view rest)
{
    if (!made.ends_with(operator_word)) {
        return 0;
    }
    if (rest.starts_with("()")) {
        return 2;
    }
    const std::size_t end = rest.find_first_not_of("<>=-");
    return end == std::string_view::npos ? rest.size() : end;
}

/// Without brackets and what is in them, up to the parameters.
std::string without_arguments(std::string_view name)
{
    std::string made;
    while (!name.empty()) {
        if (const std::size_t symbol = operator_symbol(made, name); symbol > 0) {
            made += name.substr(0, symbol);
            name.remove_prefix(symbol);
            continue;
        }
        const char letter = name.front();
        const std::size_t past =
            letter == '<' || letter == '(' || letter == '{' ? past_bracket(name, 0) : 1;
        const std::string_view part = name.substr(0, past);
        const bool inner_scope = letter == '(' && name.substr(past).starts_with("::");
        if (letter == '(' && part != "(anonymous namespace)" && !inner_scope) {
            break;
        }
        if (letter == '{') {
            made += part.starts_with("{lambda") ? "{lambda}" : part;
        } else if (letter != '<' && letter != '(') {
            made += letter;
        } else if (part == "(anonymous namespace)") {
            made += "{anonymous}";
        }
        name.remove_prefix(past);
    }
    return made;
}

/// "long f" is "f", "operator new" is whole.
std::string_view without_return_type(std::string_view name)
{
    const std::size_t special = name.find("operator ");
    const std::size_t blank = name.substr(0, special).rfind(' ');
    return blank == std::string_view::npos ? name : name.substr(blank + 1);
}

/// Rust's newer mangled names hold an id of the crate's build: "Cs1a2b3c_".
std::string without_crate_ids(std::string_view symbol)
{
    std::string made;
    while (!symbol.empty()) {
        const std::size_t id = symbol.find("Cs");
        const std::size_t end = id == symbol.npos ? symbol.npos : symbol.find('_', id);
        if (end == symbol.npos) {
            break;
        }
        made += std::string(symbol.substr(0, id)) + "C";
        symbol.remove_prefix(end + 1);
    }
    return made.append(symbol);
}

void drop_prefix(std::string_view& text, std::string_view prefix)
{
    if (text.starts_with(prefix)) {
        text.remove_prefix(prefix.size());
    }
}

}  // namespace

std::string bare_function_name(std::string_view demangled)
{
    std::string_view name = demangled.substr(0, demangled.find(" [clone "));
    drop_prefix(name, "__GI_");
    if (name.starts_with("_R")) {
        return without_crate_ids(without_suffixes(name));
    }
    std::string whole;
    if (name.starts_with('<')) {
        const std::size_t past = past_bracket(name, 0);
        whole = past > 2 ? type_of_impl(name.substr(0, past)) : std::string_view{};
        whole += name.substr(past);
        name = whole;
    }
    const std::string bare = without_arguments(name);
    const std::string_view function = without_return_type(bare);
    // "memcpy@@GLIBC_2.14", and "memcpy/memmove" for a function of both names.
    return std::string(without_suffixes(function.substr(0, function.find_first_of("@/"))));
}

std::string bare_module_name(std::string_view path)
{
    std::string_view name = file_name(path);
    for (const std::string_view end :
         std::array<std::string_view, 3>{".cpython-", ".abi3", ".so"}) {
        name = name.substr(0, name.find(end));
    }
    name = name.substr(0, name.find(" (deleted)"));
    // Libraries that a wheel brings along have a checksum in their names.
    return without_numbers(name, 5);
}

}  // namespace pycore
