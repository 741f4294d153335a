#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output_file.hpp"

namespace pycore {

/// A file that is a core, or a compressed file that may be one.
struct FoundCore {
    std::string path;         ///< absolute, as the file system spells it
    std::string name;         ///< of the file; of an ABRT problem that of its folder
    std::string abrt_folder;  ///< whose elements tell of the crash; empty: none
    /// What is wrong with the file is to be told: it was named, or its name says that it is a core.
    bool expected = false;
    bool packed = false;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< nanoseconds since 1970
};

/// What there is to report on.
struct CoreSearch {
    std::vector<FoundCore> cores;      ///< by path, each once
    std::uint64_t left_out = 0;        ///< files in folders that are no cores
    std::vector<std::string> missing;  ///< a line for each input that is not there or not readable
    std::vector<std::string> refused;  ///< a line for each input that is no core
};

/// Looks at files that are named, and at those in named folders and the folders below: regular
/// files only, no links are followed, and names with a leading dot are passed over, as is the
/// folder `except`. Of an ABRT problem only its core is taken. A file that goes meanwhile is no
/// error.
[[nodiscard]] CoreSearch find_cores(const std::vector<std::string>& inputs,
                                    const std::optional<FileIdentity>& except);

}  // namespace pycore
