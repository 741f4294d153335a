#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/privacy.hpp"
#include "pycore/report.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// Opens the file of that absolute path for reading: a descriptor, which is then the library's, or
/// an errno with a minus sign.
using FileOpener = std::function<int(const std::string& path)>;

/// Which files may be opened besides the core: regular ones only. The build id of an ELF file
/// equals the core's, or it is not used. A source file has to define what ran where it was defined;
/// for a service that reads cores of hostile origin that is not enough.
struct FileSearch {
    bool recorded_paths = true;     ///< the paths the core recorded, on the host or under `sysroot`
    std::filesystem::path sysroot;  ///< resolved inside, never out of it
    std::filesystem::path executable;                 ///< stands for the process's executable
    std::vector<std::filesystem::path> module_paths;  ///< folders searched by file name
    /// Folders like /usr/lib/debug, which itself is searched along with the recorded paths.
    std::vector<std::filesystem::path> debug_paths;
    bool sources = true;  ///< of Python code: those that code objects name
    /// Folders that stand for the root of those names, or for any folder in them; searched first.
    std::vector<std::filesystem::path> source_paths;
    /// Debug files that are nowhere here are asked for, by build id, from the servers that
    /// DEBUGINFOD_URLS names. Nothing for a service that reads cores of hostile origin.
    bool debuginfod = false;
    /// Opens all of these files, for a process that may open none itself; `sysroot` is put before
    /// the path, and links are followed or refused in there. No folder is listed then.
    FileOpener open;
};

/// The names in frames whose values are read.
enum class Locals : std::uint8_t {
    none,
    crashed_thread,  ///< of `first_thread` only
    all_threads
};

struct Options {
    Limits limits;
    FileSearch files;
    UnpackProgress progress;      ///< called while a compressed or piped core is unpacked
    Cancelled cancelled;          ///< asked all the time; a report that is cancelled is none
    int unpack_file = -1;         ///< `UnpackOptions::file`
    bool modules = true;          ///< list the mapped ELF files in the snapshot
    bool python_modules = false;  ///< list what Python imported: `Interpreter::modules`
    bool lines = true;  ///< source lines and inlined functions of C code, where DWARF tells
    Locals locals = Locals::all_threads;
    bool globals = false;      ///< and of the module of each thread's innermost Python frame
    bool environment = false;  ///< list the environment the process was started with
    PrivacyLevel privacy = PrivacyLevel::local;
    /// Text to take out besides what looks like a secret: letters in either case, `*` stands for
    /// any characters of one word. A name it matches in makes the value a secret.
    std::vector<std::string> redact;
};

/// The whole way from a core to a report. A fault means that there is nothing to report at all
/// (not a core, unreadable); everything less is a warning in the report.
Result<Report> analyze(const std::filesystem::path& core, const Options& options = {});

/// The same for an opened core, which `path` names in the report.
Result<Report> analyze(const CoreFile& core, const std::string& path, const Options& options = {});

}  // namespace pycore
