#include "view/stack_rows.hpp"

#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore::test {
namespace {

constexpr std::size_t interpreter = 0;
constexpr std::size_t libc = 1;
constexpr std::size_t extension = 2;

/// A process with the three modules above and one thread with `stack`.
Snapshot snapshot_of(std::vector<StackFrame> stack, bool crashed = false)
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {});
    Snapshot& snapshot = builder.edit();
    snapshot.modules.resize(3);
    snapshot.modules[interpreter].interpreter = true;
    snapshot.modules[libc].path = "/usr/lib/libc.so.6";
    snapshot.modules[extension].path = "/usr/lib/libcrypto.so";
    snapshot.threads[0].stack = std::move(stack);
    snapshot.threads[0].crashed = crashed;
    return snapshot;
}

StackFrame python()
{
    return frame(code("a.py", "f"), 1);
}

/// "p" a Python frame, "c" a native one, "3" folded ones.
std::string rows_of(const Snapshot& snapshot)
{
    std::string text;
    const Thread& thread = snapshot.threads[0];
    for (const StackRow& row : StackFolder(snapshot).rows(thread, 0, thread.stack.size())) {
        const bool is_python =
            row.frame != nullptr && std::holds_alternative<PythonFrame>(*row.frame);
        text += row.frame == nullptr ? std::to_string(row.folded) : is_python ? "p" : "c";
    }
    return text;
}

StackFrame native(std::size_t module)
{
    return native_call("f", module);
}

TEST_CASE("frames of the interpreter's module are folded around Python frames", "[text]")
{
    CHECK(rows_of(snapshot_of({native(libc), native(interpreter), native(interpreter), python(),
                               native(interpreter), python(), native(interpreter)})) == "c2p1p1");
}

TEST_CASE("frames of other modules are never folded", "[text]")
{
    CHECK(rows_of(snapshot_of({native(extension), python(), native(extension), native(interpreter),
                               python(), native(extension)})) == "cpc1pc");
}

TEST_CASE("the C library's frames are folded where they only start the thread", "[text]")
{
    CHECK(rows_of(snapshot_of({python(), native(libc), native(interpreter), python(),
                               native(interpreter), native(libc), native(libc)})) == "pc1p3");
}

TEST_CASE("nothing is folded where a thread crashed", "[text]")
{
    CHECK(rows_of(snapshot_of(
              {native(interpreter), native(interpreter), python(), native(interpreter)}, true)) ==
          "ccp1");
}

TEST_CASE("a stack without Python is shown whole", "[text]")
{
    CHECK(rows_of(snapshot_of({native(interpreter), native(libc)})) == "cc");
}

TEST_CASE("signal frames and a loop that died are shown", "[text]")
{
    NativeCall signal = native_call("", interpreter);
    signal.signal_frame = true;
    NativeCall loop = native_call("_PyEval_EvalFrameDefault", interpreter);
    loop.runs_python = true;
    CHECK(rows_of(snapshot_of({python(), signal, loop, python()})) == "pccp");
}

}  // namespace
}  // namespace pycore::test
