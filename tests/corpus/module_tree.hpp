#pragma once

#include <filesystem>

#include "corpus/corpus.hpp"

namespace pycore::test {

/// Writes the ELF files of `build` under `sysroot`, at the paths its cores record.
void write_modules(const CorpusBuild& build, const std::filesystem::path& sysroot);

/// The same without section headers: no section and no symbol outside the dynamic segment can be
/// found in them, which is more than `strip` removes.
void write_stripped_modules(const CorpusBuild& build, const std::filesystem::path& sysroot);

}  // namespace pycore::test
