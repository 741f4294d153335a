#include "sources/source_files.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/file_name.hpp"
#include "elf/input_file.hpp"
#include "elf/open_file.hpp"
#include "memory/attach_files.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t largest_file = std::uint64_t{16} << 20;
constexpr std::size_t longest_path = 4096;
constexpr std::size_t most_tails = 64;

/// Of files with other names the first line has to say it.
bool is_named_as_source(std::string_view path)
{
    constexpr std::array<std::string_view, 5> endings{".py", ".pyw", ".pyx", ".pxi", ".pxd"};
    return std::ranges::any_of(endings, [path](auto ending) { return path.ends_with(ending); });
}

bool is_script(std::string_view bytes)
{
    const std::string_view first = bytes.substr(0, bytes.find('\n'));
    return first.starts_with("#!") && first.find("python") != std::string_view::npos;
}

/// "<string>" is no file, and neither is a folder or a name with a zero in it.
bool can_be_path(std::string_view name)
{
    return !name.empty() && name.size() <= longest_path && !name.starts_with('<') &&
           !name.ends_with('/') && name.find('\0') == std::string_view::npos;
}

}  // namespace

std::size_t SourceFiles::places() const
{
    return search_.sources ? search_.source_paths.size() + 1 : 0;
}

std::optional<SourceFile> SourceFiles::open(const std::string& name, std::size_t place)
{
    if (!search_.sources || !can_be_path(name) || deadline_.passed()) {
        return std::nullopt;
    }
    return place < search_.source_paths.size() ? open_below(search_.source_paths[place], name)
                                               : open_recorded(name);
}

std::optional<SourceFile> SourceFiles::open_recorded(const std::string& name)
{
    if (!search_.recorded_paths || !name.starts_with('/')) {
        return std::nullopt;
    }
    auto text = read(search_.sysroot, name);
    return text ? std::optional(SourceFile{recorded_place(name, search_), std::move(text)})
                : std::nullopt;
}

std::optional<SourceFile> SourceFiles::open_below(const std::filesystem::path& folder,
                                                  const std::string& name)
{
    std::string_view tail = name;
    for (std::size_t tries = 0; tries < most_tails && !deadline_.passed(); ++tries) {
        tail.remove_prefix(std::min(tail.find_first_not_of('/'), tail.size()));
        if (tail.empty()) {
            break;
        }
        if (auto text = read(folder, std::string(tail))) {
            return SourceFile{(folder / tail).string(), std::move(text)};
        }
        tail.remove_prefix(std::min(tail.find('/'), tail.size()));
    }
    return std::nullopt;
}

std::shared_ptr<const SourceText> SourceFiles::read(const std::filesystem::path& root,
                                                    const std::string& path)
{
    auto opened = open_recorded_file(search_, root, path);
    if (!opened) {
        return nullptr;
    }
    const auto file = InputFile::adopt(*std::move(opened), InputFile::module_cache);
    if (!file || (*file)->size() == 0) {
        return nullptr;
    }
    if ((*file)->size() > std::min(largest_file, bytes_left_)) {
        cut_ = true;
        return nullptr;
    }
    std::string bytes((*file)->size(), '\0');
    const auto done =
        (*file)->read_bytes(0, std::as_writable_bytes(std::span(bytes)), "source file");
    if (!done || (!is_named_as_source(path) && !is_script(bytes))) {
        return nullptr;
    }
    bytes_left_ -= bytes.size();
    return std::make_shared<const SourceText>(std::move(bytes));
}

}  // namespace pycore
