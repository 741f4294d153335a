#include "exchange/python_place.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pycore::exchange {
namespace {

constexpr std::string_view frozen = "<frozen ";

// What follows the last `folder`, empty when the path does not go through it.
std::string_view below(std::string_view path, std::string_view folder)
{
    const auto at = path.rfind(folder);
    return at == std::string_view::npos ? std::string_view() : path.substr(at + folder.size());
}

// What follows "/lib/python3.13/" or "/lib64/python3.13/".
std::string_view below_standard_library(std::string_view path)
{
    for (const std::string_view folder : {"/lib/python3.", "/lib64/python3."}) {
        const std::string_view rest = below(path, folder);
        const auto slash = rest.find('/');
        if (slash != std::string_view::npos) {
            return rest.substr(slash + 1);
        }
    }
    return {};
}

}  // namespace

PythonPlace place_of(std::string_view path) noexcept
{
    for (const std::string_view folder : {"/site-packages/", "/dist-packages/"}) {
        if (const auto rest = below(path, folder); !rest.empty()) {
            return {.relative = rest, .library = true};
        }
    }
    if (const auto rest = below_standard_library(path); !rest.empty()) {
        return {.relative = rest, .library = true};
    }
    return {.relative = path, .library = path.starts_with(frozen)};
}

std::string module_of(std::string_view path)
{
    if (path.starts_with(frozen) && path.ends_with('>')) {
        return std::string(path.substr(frozen.size(), path.size() - frozen.size() - 1));
    }
    const PythonPlace place = place_of(path);
    std::string_view name = place.relative;
    if (name.starts_with('<') || !name.ends_with(".py")) {
        return {};
    }
    name.remove_suffix(3);
    if (name.ends_with("/__init__")) {
        name = name.substr(0, name.rfind('/'));
    }
    if (!place.library) {
        name = name.substr(name.rfind('/') + 1);
    }
    std::string module(name);
    std::ranges::replace(module, '/', '.');
    return module;
}

std::string full_name(const PythonCode& code)
{
    const std::string& function = code.qualified_name.empty() ? code.name : code.qualified_name;
    std::string module = module_of(code.file);
    if (module.empty()) {
        module = code.file.substr(code.file.rfind('/') + 1);
    }
    const std::string shown = function.empty() ? "?" : function;
    return module.empty() ? shown : module + "." + shown;
}

}  // namespace pycore::exchange
