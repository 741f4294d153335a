#include "python/path_version.hpp"

#include <charconv>

#include "base/file_name.hpp"

namespace pycore {
bool names_python(std::string_view path)
{
    // Not any "python" in it: extension modules are called `_x.cpython-313-x86_64-linux-gnu.so`.
    const std::string_view name = file_name(path);
    return name.starts_with("python") || name.find("libpython") != std::string_view::npos;
}

std::optional<PathVersion> version_in_path(std::string_view path)
{
    constexpr std::string_view prefix = "python3.";
    const std::string_view name = file_name(path);
    const std::size_t at = name.find(prefix);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = name.substr(at + prefix.size());
    std::uint8_t minor = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), minor);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view tail = rest.substr(static_cast<std::size_t>(end - rest.data()));
    return PathVersion{.version = {.major = python_major, .minor = minor},
                       .free_threaded = tail.starts_with('t')};
}

}  // namespace pycore
