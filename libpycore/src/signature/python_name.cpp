#include "signature/python_name.hpp"

#include <algorithm>
#include <array>

#include "base/file_name.hpp"
#include "signature/generated_text.hpp"

namespace pycore {
namespace {

// Below these a path is that of a module; archives can be imported from as they are.
constexpr std::array<std::string_view, 2> package_folders{"site-packages", "dist-packages"};
constexpr std::array<std::string_view, 6> archives{".zip", ".egg", ".whl", ".pyz", ".pex", ".par"};
// Shorter numbers are part of names that people give: "utf8", "test_404".
constexpr std::size_t generated_digits = 5;

bool is_python_folder(std::string_view folder, std::string_view parent)
{
    constexpr std::string_view python = "python";
    return parent.starts_with("lib") && folder.starts_with(python) &&
           folder.find_first_not_of("0123456789.td", python.size()) == std::string_view::npos;
}

bool is_root(std::string_view folder, std::string_view parent)
{
    return std::ranges::find(package_folders, folder) != package_folders.end() ||
           is_python_folder(folder, parent) ||
           std::ranges::any_of(archives, [&](std::string_view end) {
               return folder.size() > end.size() && folder.ends_with(end);
           });
}

/// What of `path` follows the last root of packages in it; the file's name where there is none.
std::string_view below_root(std::string_view path)
{
    std::string_view below;
    std::string_view parent;
    std::size_t start = 0;
    for (std::size_t end = path.find('/'); end != std::string_view::npos;
         end = path.find('/', start)) {
        const std::string_view folder = path.substr(start, end - start);
        start = end + 1;
        if (is_root(folder, parent)) {
            below = path.substr(start);
        }
        parent = folder;
    }
    return below.empty() ? path.substr(start) : below;
}

void drop_suffix(std::string_view& text, std::string_view suffix)
{
    if (text.size() > suffix.size() && text.ends_with(suffix)) {
        text.remove_suffix(suffix.size());
    }
}

/// "app" for "/srv/app/__init__.py" and "/srv/app/__main__.py": the folder, even below no root.
std::string_view without_package_file(std::string_view path)
{
    for (const std::string_view file :
         std::array<std::string_view, 2>{"/__init__.py", "/__main__.py"}) {
        drop_suffix(path, file);
    }
    return path;
}

/// "<ipython-input>" for what each cell and session numbers anew.
std::string name_of_no_file(std::string_view name)
{
    constexpr std::string_view frozen = "<frozen ";
    if (name.starts_with(frozen) && name.ends_with('>')) {
        return std::string(name.substr(frozen.size(), name.size() - frozen.size() - 1));
    }
    // What `exec` of a sub-interpreter calls a text is not the same in all versions.
    if (name == "<script>") {
        return "<string>";
    }
    return name.starts_with("<ipython-input") ? "<ipython-input>" : without_numbers(name, 1);
}

constexpr std::array<std::string_view, 5> nameless{"<lambda>", "<listcomp>", "<dictcomp>",
                                                   "<setcomp>", "<genexpr>"};

/// "f" for "f.<locals>.<listcomp>", "<module>" for "<lambda>".
std::string_view without_nameless(std::string_view name)
{
    constexpr std::string_view locals = "<locals>";
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::string_view end : nameless) {
            if (name == end) {
                return "<module>";
            }
            if (name.ends_with(end)) {
                name.remove_suffix(end.size() + 1);
                changed = true;
            }
        }
        if (name.ends_with(locals) && name.size() > locals.size()) {
            name.remove_suffix(locals.size() + 1);
        }
    }
    return name;
}

}  // namespace

std::string module_of_file(std::string_view path)
{
    if (path.starts_with('<')) {
        return name_of_no_file(path);
    }
    if (path.find("/ipykernel_") != std::string_view::npos) {
        return "<ipython-input>";
    }
    std::string_view below = below_root(without_package_file(path));
    drop_suffix(below, ".py");
    std::string name = without_numbers(below, generated_digits);
    std::ranges::replace(name, '/', '.');
    return name;
}

std::string python_function_name(const PythonCode& code)
{
    const std::string_view name = code.qualified_name.empty() ? code.name : code.qualified_name;
    if (name.empty() && code.file.empty()) {
        return {};
    }
    const std::string function = without_numbers(without_nameless(name), generated_digits);
    const std::string module = module_of_file(code.file);
    return module.empty() ? function : module + "." + function;
}

}  // namespace pycore
