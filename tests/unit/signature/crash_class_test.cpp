#include "signature/crash_class.hpp"

#include <utility>

#include "analysis/diagnose.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::SnapshotBuilder;

constexpr std::int32_t from_kernel = 1;
constexpr std::int32_t by_tgkill = -6;

Snapshot killed(SignalInfo signal)
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {}).crashed(std::move(signal));
    return builder.edit();
}

Snapshot aborted()
{
    return killed({.number = 6, .code = by_tgkill, .sender_pid = 4711});
}

CrashClass class_of(const Snapshot& snapshot, const std::vector<Deadlock>& deadlocks = {})
{
    return classify_for_signature(snapshot, diagnose(snapshot), deadlocks);
}

TEST_CASE("a fault is its signal, and what makes it another bug", "[signature]")
{
    const auto fault = [](std::int32_t number, std::uint64_t address) {
        return class_of(
            killed({.number = number, .code = from_kernel, .fault_address = Address{address}}));
    };
    CHECK(fault(11, 0x10).name == "SIGSEGV/null");
    CHECK(fault(11, 0x10).base == "SIGSEGV");
    CHECK(fault(11, 0xdead'0000).name == "SIGSEGV");
    CHECK(fault(7, 0xdead'0000).name == "SIGBUS");
    CHECK(fault(8, 0x1234).name == "SIGFPE");
    CHECK(fault(4, 0x1234).name == "SIGILL");
    CHECK_FALSE(fault(11, 0).hang);
}

TEST_CASE("an overflow of the stack has a class of its own", "[signature]")
{
    const Snapshot snapshot = killed({.number = 11, .code = from_kernel});
    const Diagnosis diagnosis{.kind = CrashKind::stack_overflow};
    CHECK(classify_for_signature(snapshot, diagnosis, {}).name == "SIGSEGV/stack-overflow");
}

TEST_CASE("an abort is why it was called", "[signature]")
{
    Snapshot snapshot = aborted();
    CHECK(class_of(snapshot).name == "SIGABRT");

    snapshot.crash->abort_message = "python3: src/codec.c:120: check: Assertion `w > 0' failed.";
    CHECK(class_of(snapshot).name == "SIGABRT/assert");
    CHECK(class_of(snapshot).message == "w > 0 in check");
    snapshot.crash->abort_message = "app: src/codec.c:99: check: Assertion `w > 0' failed.";
    CHECK(class_of(snapshot).message == "w > 0 in check");

    snapshot.crash->abort_message = "free(): invalid pointer";
    CHECK(class_of(snapshot).name == "SIGABRT/malloc");
    CHECK(class_of(snapshot).message.empty());

    snapshot.crash->abort_message = "*** stack smashing detected ***: terminated";
    CHECK(class_of(snapshot).name == "SIGABRT");
    CHECK(class_of(snapshot).message == "*** stack smashing detected ***: terminated");
}

TEST_CASE("an uncaught C++ exception is its type, not its words", "[signature]")
{
    Snapshot snapshot = aborted();
    snapshot.crash->exception = NativeException{.type = "io::Error", .message = "row 17"};
    CHECK(class_of(snapshot).name == "SIGABRT/c++-exception");
    CHECK(class_of(snapshot).message == "io::Error");

    snapshot.crash->exception->type = "std::bad_alloc";
    CHECK(class_of(snapshot).name == "OOM");
}

TEST_CASE("a fatal error of Python is the function that said so, else its words", "[signature]")
{
    Snapshot snapshot = aborted();
    snapshot.crash->fatal_error =
        FatalPythonError{.function = "PyThreadState_Get", .message = "no current thread"};
    CHECK(class_of(snapshot).name == "SIGABRT/Py_FatalError");
    CHECK(class_of(snapshot).message == "PyThreadState_Get");

    snapshot.crash->fatal_error = FatalPythonError{.message = "cache at 0x7f10 lost 2 entries"};
    CHECK(class_of(snapshot).message == "cache at N lost N entries");

    snapshot.crash->fatal_error->message = "Out of memory: out of memory";
    CHECK(class_of(snapshot).name == "OOM");
}

TEST_CASE("who lives, or was ended by another process, hangs", "[signature]")
{
    SnapshotBuilder alive;
    alive.thread(4711, "MainThread", {});
    CHECK(class_of(alive.edit()).name == "HANG");
    CHECK(class_of(alive.edit()).hang);
    CHECK(class_of(alive.edit(), {Deadlock{}}).name == "HANG/deadlock");

    for (const std::int32_t signal : {3, 6, 11, 15}) {
        INFO(signal);
        const Snapshot ended = killed({.number = signal, .code = 0, .sender_pid = 99});
        CHECK(class_of(ended).name == "HANG");
        CHECK(class_of(ended, {Deadlock{}}).name == "HANG/deadlock");
        CHECK(class_of(ended, {Deadlock{}}).base == "HANG");
    }
}

TEST_CASE("who killed itself does not hang, and who crashed is not deadlocked", "[signature]")
{
    const Snapshot itself = killed({.number = 15, .code = 0, .sender_pid = 4711});
    CHECK(class_of(itself).name == "SIGTERM");
    CHECK(class_of(aborted(), {Deadlock{}}).name == "SIGABRT");
}

}  // namespace
}  // namespace pycore
