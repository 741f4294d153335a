#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "pycore/address.hpp"
#include "pycore/native_frame.hpp"
#include "pycore/value.hpp"

namespace pycore {

/// What frames of one code object share. Text is valid UTF-8; what was not is visible text
/// (`\xNN`, `\uNNNN`). A name that could not be read is empty.
struct PythonCode {
    Address address;
    std::string name;            ///< `co_name`
    std::string qualified_name;  ///< `co_qualname`
    std::string file;            ///< `co_filename`
    std::int32_t first_line = 0;
    std::uint32_t flags = 0;  ///< `co_flags`
};

/// A place in a source file as `co_positions()` gives it. Lines count from 1; columns are UTF-8
/// byte offsets from 0, the end exclusive. What the code object does not know is absent.
struct SourcePosition {
    std::optional<std::int32_t> line;
    std::optional<std::int32_t> end_line;
    std::optional<std::int32_t> column;
    std::optional<std::int32_t> end_column;

    friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

/// One line of a source file, without its end. Valid UTF-8.
struct SourceLine {
    std::string text;
    bool from_process = false;  ///< from `linecache` in the process's memory, not from a file
};

/// One frame of a Python stack.
struct PythonFrame {
    std::shared_ptr<const PythonCode> code;  ///< never null; all empty when it could not be read
    SourcePosition position;
    Address address;                ///< of the `_PyInterpreterFrame`
    std::uint32_t interpreter = 0;  ///< index in `Snapshot::interpreters`
    bool entry = false;  ///< C called in here: the outermost frame of one run of the eval loop
    /// Its place among the native frames is known. False where that of the eval loop which runs it
    /// is not, and the frame stands where its address in the C stack belongs.
    bool placed = true;
    std::shared_ptr<const SourceLine> source;         ///< of `position.line`; may be null
    std::shared_ptr<const FrameVariables> variables;  ///< null where they were not read
};

/// What is at one address of native code, shared by the frames that are there. Text is valid UTF-8.
struct NativePlace {
    std::string
        function;        ///< for people: demangled, without suffixes of the compiler; may be empty
    std::string symbol;  ///< as the symbol table has it; may be empty
    std::uint64_t function_offset = 0;  ///< of the address in `function`
    std::optional<std::size_t> module;  ///< index in `Snapshot::modules`
    std::uint64_t module_offset =
        0;                   ///< of the address in the module's file, as addr2line takes it
    std::string file;        ///< of the source; may be empty
    std::uint32_t line = 0;  ///< 0: not known
};

/// One native frame of a stack: a physical one, or a function inlined into the next frame.
struct NativeCall {
    std::shared_ptr<const NativePlace> place;  ///< never null
    Address address;  ///< of the instruction, or where the call that it waits for returns to
    Address sp;
    Trust trust = Trust::context;
    bool inlined = false;
    bool return_address = false;  ///< `address` follows a call
    bool executable = true;       ///< false: `address` lies where no instruction can be
    bool signal_frame = false;    ///< the trampoline below a handler
    /// A run of the eval loop that is not replaced by the Python frames it runs, which follow: the
    /// process died in its own code.
    bool runs_python = false;
};

using StackFrame = std::variant<PythonFrame, NativeCall>;

}  // namespace pycore
