#include "threads/python_extension.hpp"

#include <algorithm>
#include <array>

#include "base/file_name.hpp"
#include "memory/dynamic_section.hpp"

namespace pycore {
namespace {

constexpr std::string_view suffix = ".so";

/// `_ctypes.cpython-311-x86_64-linux-gnu.so` is a name, a tag and the suffix; the tag may be "abi3"
/// or missing.
struct FileName {
    std::string_view name;
    std::string_view tag;
};

std::optional<FileName> parse_file_name(std::string_view path)
{
    std::string_view file = file_name(path);
    if (!file.ends_with(suffix)) {
        return std::nullopt;
    }
    file.remove_suffix(suffix.size());
    const std::size_t dot = std::min(file.find('.'), file.size());
    const std::string_view tag = file.substr(std::min(dot + 1, file.size()));
    const bool fits = dot > 0 && (dot == file.size() || tag.starts_with("cpython-") ||
                                  tag == "abi3" || tag == "abi3t");
    return fits ? std::optional(FileName{.name = file.substr(0, dot), .tag = tag}) : std::nullopt;
}

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

/// Nothing where neither the process nor the file tells.
std::optional<bool> defines_init_function(const Module& module,
                                          const Memory& memory,
                                          std::string_view name)
{
    const std::string symbol = "PyInit_" + std::string(name);
    if (const auto defined = defines_symbol(memory, module, symbol)) {
        return *defined;
    }
    if (module.elf && module.elf->find_symbol(symbol)) {
        return true;
    }
    // Debug files have no .dynsym.
    return module.elf && !module.elf->is_debug_file() ? std::optional(false) : std::nullopt;
}

bool lies_among_extensions(std::string_view path)
{
    constexpr std::array<std::string_view, 3> folders{"/site-packages/", "/dist-packages/",
                                                      "/lib-dynload/"};
    return std::any_of(folders.begin(), folders.end(), [path](std::string_view folder) {
        return path.find(folder) != std::string_view::npos;
    });
}

}  // namespace

bool is_python_extension(const Module& module, const Memory& memory)
{
    const auto file = parse_file_name(module.path);
    if (!file) {
        return false;
    }
    // The symbols of other names are PyInitU_ and punycode.
    const auto defined =
        is_ascii(file->name) ? defines_init_function(module, memory, file->name) : std::nullopt;
    const bool by_name = !file->tag.empty() ||
                         (lies_among_extensions(module.path) && !file->name.starts_with("lib"));
    return defined.value_or(by_name);
}

}  // namespace pycore
