#pragma once

#include <filesystem>

#include "support/core_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {

/// The core of a process without Python, killed by SIGSEGV.
inline Bytes small_core()
{
    return CoreBuilder()
        .process({.pid = 7, .command = "spin", .arguments = "spin -fast"})
        .thread({.tid = 7, .signal = SIGSEGV, .pc = Address{0x401000}, .sp = Address{0x7000}})
        .thread({.tid = 8, .pc = Address{0x402000}, .sp = Address{0x8000}})
        .signal({.number = SIGSEGV, .code = 1, .fault_address = Address{0x10}})
        .segment(Address{0x10000}, "data")
        .bytes();
}

/// A folder with that core in it.
struct CoreFolder {
    TemporaryFolder folder;
    std::filesystem::path core = folder.write("core.7", small_core());

    [[nodiscard]] std::string path(const std::string& name) const { return folder.path() / name; }
};

/// One that the corpus keeps as a plain zstd file: a call of NULL in CPython 3.13.
inline std::string python_core()
{
    return PYCORE_CORPUS "/null_call/trixie-3.13.core.zst";
}

}  // namespace pycore::test
