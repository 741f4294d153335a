#include "elf/list_folder.hpp"

#include <dirent.h>

#include <memory>
#include <string_view>

namespace pycore {
namespace {

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

std::vector<std::string> list_folder(FileDescriptor folder, std::size_t most)
{
    std::vector<std::string> names;
    const std::unique_ptr<DIR, CloseFolder> opened(::fdopendir(folder.number()));
    if (!opened) {
        return names;
    }
    folder.release();
    while (names.size() < most) {
        const dirent* const entry = ::readdir(opened.get());
        if (entry == nullptr) {
            break;
        }
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
    }
    return names;
}

}  // namespace pycore
