#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"
#include "pycore/exception.hpp"
#include "pycore/frame.hpp"
#include "pycore/privacy.hpp"
#include "pycore/python_version.hpp"
#include "pycore/wait.hpp"

namespace pycore {

/// Something that could not be read, or is doubtful. Each becomes one entry of `warnings`.
struct Gap {
    std::string code;     ///< kebab-case, stable: "frame-unreadable"
    std::string message;  ///< for a person
    std::optional<Address> address;
    std::optional<std::int32_t> thread;  ///< kernel tid
    bool data_lost = true;  ///< false for a remark that makes the report no less complete
};

/// A cap of `Limits` that cut something.
struct LimitHit {
    std::string limit;  ///< as the command line spells it: "max-frames"
    std::uint64_t value = 0;
    std::string where;  ///< for a person: "thread 4711"
};

enum class LayoutSource : std::uint8_t { debug_offsets, table, dwarf };

struct CoreDescription {
    std::string path;
    std::uint64_t size = 0;  ///< unpacked
    Compression compression = Compression::none;
    bool truncated = false;
    Machine machine = Machine::x86_64;
    std::uint64_t segments = 0;
    double page_coverage = 0;  ///< share of the mapped bytes that the core itself holds, 0 to 1
};

struct EnvironmentVariable {
    std::string name;
    std::string value;
};

struct ProcessDescription {
    std::optional<std::int32_t> pid;
    std::optional<std::int32_t> ppid;
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
    std::optional<std::string> command;
    std::vector<std::string> command_line;
    std::optional<std::string> executable;
    std::optional<std::string> executable_build_id;
    /// What the process was started with; only where it was asked for.
    std::optional<std::vector<EnvironmentVariable>> environment;
};

/// A module without a package around it, or a package, that the process imported.
struct ImportedModule {
    std::string name;
    std::optional<std::string> version;       ///< its `__version__`
    std::optional<std::string> file;          ///< its `__file__`
    std::optional<std::string> distribution;  ///< that it came with: "numpy 1.24.2"
};

/// What `sys` of one interpreter says of the program and its modules. Text is valid UTF-8.
struct InterpreterModules {
    std::vector<std::string> argv;           ///< `sys.argv`
    std::vector<std::string> original_argv;  ///< `sys.orig_argv`
    std::vector<std::string> path;           ///< `sys.path`
    std::optional<std::string> executable;   ///< `sys.executable`
    std::vector<ImportedModule> list;        ///< by name
    bool complete = true;                    ///< false: a limit or a fault left some out
};

struct Interpreter {
    std::int64_t id = 0;
    PythonVersion version;
    std::string version_text;  ///< first word of `sys.version`, else made of the version
    Flavour flavour;
    LayoutSource layout_source = LayoutSource::table;
    Address address;
    Address runtime;
    bool finalizing = false;
    std::optional<bool> gc_running;
    std::optional<Gil> gil;                     ///< absent where there is none, or it is not known
    std::optional<std::uint64_t> module_count;  ///< entries of `sys.modules`
    std::optional<InterpreterModules> modules;  ///< only where it was asked for
};

/// Frames that a limit left out of a stack: `count` of them, between `stack[before - 1]` and
/// `stack[before]`.
struct OmittedFrames {
    std::size_t before = 0;
    std::uint64_t count = 0;
};

/// One thread state of CPython. A kernel thread may own several, one an interpreter.
struct Thread {
    std::optional<std::int32_t> tid;  ///< kernel tid; absent for a thread state without a thread
    std::optional<std::string> name;  ///< the kernel's, which a core tells of the first thread only
    bool crashed = false;
    std::optional<std::uint64_t> python_thread_id;  ///< the `threading` ident
    std::optional<std::string> python_name;
    std::optional<std::size_t> interpreter;  ///< index in `Snapshot::interpreters`
    std::vector<StackFrame> stack;           ///< C and Python, innermost first
    bool stack_complete = true;
    std::optional<OmittedFrames> omitted;
    /// The exception that is being raised, else the innermost one that is being handled.
    std::optional<Exception> exception;
    bool exception_raised = false;   ///< it is on its way: no handler was found yet
    std::vector<Exception> handled;  ///< the others that are being handled, innermost first
    std::optional<ThreadRegisters> registers;
    Activity activity = Activity::unknown;
    std::optional<SystemCall> system_call;  ///< also of a thread that waits for a lock in one
    std::optional<GilState> gil;            ///< absent without Python, or without a GIL
    std::optional<Wait> wait;
    std::optional<Loop> loop;  ///< of a thread that runs
    /// Resources that it holds or may hold, as `Resource::owners` says: indices in
    /// `Snapshot::resources`.
    std::vector<std::size_t> holds;
};

/// The thread a reader wants to see first: the one that crashed; where none did, the first that
/// runs Python. Null when there is neither.
[[nodiscard]] inline const Thread* first_thread(const std::vector<Thread>& threads) noexcept
{
    if (!threads.empty() && threads.front().crashed) {
        return &threads.front();
    }
    for (const Thread& thread : threads) {
        if (thread.python_thread_id) {
            return &thread;
        }
    }
    return nullptr;
}

/// An ELF file mapped into the process.
struct ModuleDescription {
    std::string path;
    std::optional<std::string> build_id;  ///< lower-case hex
    AddressRange range;
    std::optional<std::string> found;    ///< where its ELF file was read from
    bool executable = false;             ///< the process's executable
    bool interpreter = false;            ///< CPython itself: its runtime lies in here
    bool python_extension = false;       ///< loaded by Python's `import`
    std::optional<std::string> package;  ///< the distribution it came with: "numpy 1.24.2"
};

/// The process as plain data, holes included. Everything after this point works on it alone.
struct Snapshot {
    CoreDescription core;
    ProcessDescription process;
    std::optional<Crash> crash;
    std::vector<Interpreter> interpreters;
    std::vector<Thread> threads;             ///< the crashed one first, then by tid
    std::vector<Resource> resources;         ///< that threads wait for or hold
    std::vector<ModuleDescription> modules;  ///< by address
    bool list_modules = true;                ///< reports have the list
    std::vector<Gap> gaps;
    std::uint64_t gaps_dropped = 0;  ///< gaps beyond `Limits::max_warnings`
    std::vector<LimitHit> limits;
    PrivacyDescription privacy;
    bool python_found = false;      ///< a CPython runtime was recognised, supported or not
    bool python_supported = false;  ///< and at least one interpreter of it was decoded
};

}  // namespace pycore
