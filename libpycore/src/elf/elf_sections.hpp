#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "elf/elf_file.hpp"

namespace pycore {

/// The section headers, as many as can be read.
std::vector<Elf64_Shdr> read_sections(const InputFile& input, const Elf64_Ehdr& header);

/// True when `text` and a NUL are at `at`. `text` is short (a name we look for).
bool is_string_at(const InputFile& input, std::uint64_t at, std::string_view text);

}  // namespace pycore
