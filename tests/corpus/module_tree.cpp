#include "corpus/module_tree.hpp"

#include <elf.h>

#include <fstream>
#include <stdexcept>

namespace pycore::test {
namespace {

void drop_section_headers(const std::filesystem::path& path)
{
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    Elf64_Ehdr header{};
    file.read(reinterpret_cast<char*>(&header), sizeof header);
    header.e_shoff = 0;
    header.e_shnum = 0;
    header.e_shstrndx = 0;
    file.seekp(0);
    file.write(reinterpret_cast<const char*>(&header), sizeof header);
    if (!file.flush()) {
        throw std::runtime_error("cannot strip " + path.string());
    }
}

std::filesystem::path place(const CorpusModule& module, const std::filesystem::path& sysroot)
{
    const auto path = sysroot / std::filesystem::path(module.path).relative_path();
    std::filesystem::create_directories(path.parent_path());
    return path;
}

}  // namespace

void write_modules(const CorpusBuild& build, const std::filesystem::path& sysroot)
{
    for (const CorpusModule& module : build.modules) {
        unpack(module.packed, place(module, sysroot));
    }
}

void write_stripped_modules(const CorpusBuild& build, const std::filesystem::path& sysroot)
{
    for (const CorpusModule& module : build.modules) {
        const auto path = place(module, sysroot);
        unpack(module.packed, path);
        drop_section_headers(path);
    }
}

}  // namespace pycore::test
