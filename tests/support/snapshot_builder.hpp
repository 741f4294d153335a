#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pycore/report.hpp"

namespace pycore::test {

/// A code object of `file`, by the names of one function.
inline std::shared_ptr<const PythonCode> code(std::string file,
                                              std::string name,
                                              std::string qualified_name = {})
{
    PythonCode made;
    made.address = Address{0x7f00'0000'1000};
    made.qualified_name = qualified_name.empty() ? name : std::move(qualified_name);
    made.name = std::move(name);
    made.file = std::move(file);
    made.flags = 3;
    return std::make_shared<const PythonCode>(std::move(made));
}

inline PythonFrame frame(std::shared_ptr<const PythonCode> of, std::int32_t line)
{
    PythonFrame made;
    made.code = std::move(of);
    made.position = SourcePosition{.line = line, .end_line = line, .column = 4, .end_column = 9};
    made.address = Address{0x7fff'0000'2000};
    return made;
}

/// The same frame with a local variable of this repr().
inline PythonFrame with_local(PythonFrame frame, std::string name, std::string text)
{
    FrameVariables variables;
    variables.locals.push_back(
        {.name = std::move(name),
         .value = {.type = "str", .text = std::move(text), .address = Address{0x7f10}}});
    frame.variables = std::make_shared<const FrameVariables>(std::move(variables));
    return frame;
}

/// A native frame of `function`, in the module with that index.
inline NativeCall native_call(std::string function, std::optional<std::size_t> module = {})
{
    NativePlace place;
    place.symbol = function;
    place.function = std::move(function);
    place.module = module;
    place.module_offset = 0x1230;
    return NativeCall{.place = std::make_shared<const NativePlace>(std::move(place)),
                      .address = Address{0x7f00'0040'1230},
                      .sp = Address{0x7fff'0000'1000},
                      .trust = Trust::cfi};
}

/// Snapshots of a process that never was, said in a few words. What is not said is as in a complete
/// report of CPython 3.13.5 with no thread yet.
class SnapshotBuilder {
public:
    SnapshotBuilder()
    {
        snapshot_.core = CoreDescription{
            .path = "core.4711", .size = 1 << 20, .segments = 7, .page_coverage = 0.5};
        snapshot_.process.pid = 4711;
        snapshot_.process.command = "python3";
        snapshot_.python_found = true;
        snapshot_.python_supported = true;
        interpreter(0);
    }

    SnapshotBuilder& interpreter(std::int64_t id)
    {
        Interpreter made;
        made.id = id;
        made.version = PythonVersion{.major = 3, .minor = 13, .micro = 5};
        made.version_text = "3.13.5";
        snapshot_.interpreters.push_back(std::move(made));
        return *this;
    }

    SnapshotBuilder& thread(std::int32_t tid,
                            std::string name,
                            const std::vector<PythonFrame>& stack)
    {
        Thread made;
        made.tid = tid;
        made.python_name = std::move(name);
        made.python_thread_id = 0x7f00'0000'0000 + static_cast<std::uint64_t>(tid);
        made.interpreter = snapshot_.interpreters.size() - 1;
        made.stack.assign(stack.begin(), stack.end());
        snapshot_.threads.push_back(std::move(made));
        return *this;
    }

    SnapshotBuilder& native_thread(std::int32_t tid)
    {
        Thread made;
        made.tid = tid;
        made.registers = ThreadRegisters{};
        made.registers->pc = Address{0x401000};
        snapshot_.threads.push_back(std::move(made));
        return *this;
    }

    /// Puts a native frame inside of all others of the newest thread.
    SnapshotBuilder& native_frame(NativeCall call)
    {
        auto& stack = snapshot_.threads.back().stack;
        stack.insert(stack.begin(), std::move(call));
        return *this;
    }

    /// The newest thread took the signal.
    SnapshotBuilder& crashed(SignalInfo signal)
    {
        snapshot_.threads.back().crashed = true;
        snapshot_.crash =
            Crash{.signal = std::move(signal), .thread = snapshot_.threads.back().tid};
        return *this;
    }

    SnapshotBuilder& segfault_at_null()
    {
        SignalInfo signal;
        signal.number = 11;
        signal.code = 1;
        signal.fault_address = Address{0};
        return crashed(signal);
    }

    SnapshotBuilder& gap(std::string code, std::string message)
    {
        Gap made;
        made.code = std::move(code);
        made.message = std::move(message);
        snapshot_.gaps.push_back(std::move(made));
        return *this;
    }

    SnapshotBuilder& without_python()
    {
        snapshot_.interpreters.clear();
        snapshot_.python_found = false;
        snapshot_.python_supported = false;
        return *this;
    }

    /// For what has no word of its own.
    Snapshot& edit() { return snapshot_; }

    [[nodiscard]] Report report(const Limits& limits = {}) const
    {
        return make_report(snapshot_, limits);
    }

private:
    Snapshot snapshot_;
};

}  // namespace pycore::test
