#include "elf/elf_file.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "elf/elf_headers.hpp"

namespace pycore {
namespace {

constexpr std::uint16_t most_program_headers = 4096;

}  // namespace

Result<std::shared_ptr<const ElfFile>> ElfFile::open(std::shared_ptr<const InputFile> input)
{
    const ReadAt read = input->reader();
    const std::shared_ptr<ElfFile> file(new ElfFile);
    PYCORE_TRY(file->header_, read_elf_header(read, 0));
    const std::uint64_t count = std::min(file->header_.e_phnum, most_program_headers);
    auto headers = read_program_headers(read, 0, file->header_, count);
    if (headers.stop == Stop::fault) {
        return *headers.fault;
    }
    file->headers_ = std::move(headers.items);
    file->build_id_ = read_build_id(read, file->headers_, [](const Elf64_Phdr& note) {
        return std::optional<std::uint64_t>(note.p_offset);
    });
    file->input_ = std::move(input);
    return std::shared_ptr<const ElfFile>(file);
}

}  // namespace pycore
