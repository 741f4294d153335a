#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/analyze.hpp"

namespace pycore {

/// Where a path of the process lies here: on the host, or under the sysroot.
[[nodiscard]] std::string recorded_place(const std::string& path, const FileSearch& search);

/// Looks for the ELF file of `module`: `executable`, `module_paths` by file name, the recorded
/// path, `module_paths` by build id. It is taken only when its build id is the one in the core;
/// without one there, only when its program headers are the core's byte for byte. Then its
/// read-only pages stand for those that the core does not hold. True when the module has a file.
/// Gaps: "module-build-id-mismatch" names both ids when no file fits; "module-file-unusable" when
/// `executable` cannot be used at all.
bool attach_file(Module& module,
                 AddressSpace& memory,
                 const FileSearch& search,
                 std::vector<Gap>& gaps);

/// The same for each module until the time is over. After the first few, mismatches are summed up
/// in one gap.
void attach_files(std::span<Module> modules,
                  AddressSpace& memory,
                  const FileSearch& search,
                  Deadline& deadline,
                  std::vector<Gap>& gaps);

}  // namespace pycore
