#pragma once

#include <memory>

#include "memory/module.hpp"
#include "pycore/analyze.hpp"

namespace pycore {

/// The separate file with the debug information of `module`, or null: by build id and by
/// .gnu_debuglink, in `debug_paths`, `module_paths` and, with the recorded paths, in
/// /usr/lib/debug and beside the module, on the host or under the sysroot. It is taken only when
/// its build id is the module's, or without one when its checksum is the link's.
std::shared_ptr<const ElfFile> find_debug_file(const Module& module, const FileSearch& search);

/// The file with this build id (lower-case hex) in the same folders, or null.
std::shared_ptr<const ElfFile> find_debug_file(const std::string& build_id,
                                               const FileSearch& search);

}  // namespace pycore
