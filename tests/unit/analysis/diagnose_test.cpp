#include "analysis/diagnose.hpp"

#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore::test {
namespace {

constexpr std::size_t python = 0;
constexpr std::size_t libc = 1;
constexpr std::size_t codec = 2;

SignalInfo fault(std::int32_t number, std::int32_t code, std::uint64_t at)
{
    return {.number = number, .code = code, .fault_address = Address{at}};
}

SignalInfo raised(std::int32_t number, std::int32_t sender)
{
    return {.number = number, .code = -6, .sender_pid = sender};
}

MemoryAccess access(MemoryAccess::Kind kind, std::uint64_t at, std::string base = {})
{
    return {.kind = kind, .address = Address{at}, .base = std::move(base)};
}

/// A process that died in thread "worker-3" under Image.load, by `signal`. What a test adds is in
/// `crash` and `native`, innermost first.
class Death {
public:
    explicit Death(SignalInfo signal)
    {
        builder_.thread(4711, "worker-3", {frame(code("/app/image.py", "load", "Image.load"), 88)});
        builder_.crashed(signal);
        auto& modules = builder_.edit().modules;
        modules.resize(3);
        modules[python].path = "/usr/bin/python3.13";
        modules[python].interpreter = true;
        modules[libc].path = "/usr/lib/libc.so.6";
        modules[codec].path = "/usr/lib/python3/dist-packages/_codec.so";
    }

    Death& native(std::string function, std::size_t module)
    {
        auto& stack = builder_.edit().threads[0].stack;
        stack.insert(stack.begin() + natives_++, native_call(std::move(function), module));
        return *this;
    }

    Death& native(NativeCall call)
    {
        auto& stack = builder_.edit().threads[0].stack;
        stack.insert(stack.begin() + natives_++, std::move(call));
        return *this;
    }

    Crash& crash() { return *builder_.edit().crash; }
    Snapshot& snapshot() { return builder_.edit(); }
    Diagnosis diagnose() { return *pycore::diagnose(builder_.edit()); }

private:
    SnapshotBuilder builder_;
    std::ptrdiff_t natives_ = 0;
};

constexpr const char* where = ", under Image.load (image.py:88) in thread worker-3";

TEST_CASE("a living process has no diagnosis", "[analysis]")
{
    CHECK_FALSE(diagnose(SnapshotBuilder().edit()));
}

TEST_CASE("a write near NULL names function, register, extension and Python line", "[analysis]")
{
    Death death(fault(11, 1, 0x10));
    death.native("memcpy", libc).native("decode_row", codec).native("cfunction_call", python);
    death.crash().access = access(MemoryAccess::Kind::write, 0x10, "rdi");

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::null_dereference);
    CHECK(diagnosis.summary ==
          "SIGSEGV: memcpy() in libc.so.6 wrote to 0x10 (NULL plus 16, through rdi), called from "
          "decode_row in _codec.so" +
              std::string(where));
}

TEST_CASE("a guessed caller is not told as a fact", "[analysis]")
{
    Death death(fault(11, 1, 0x10));
    NativeCall guessed = native_call("decode_row", codec);
    guessed.trust = Trust::scan;
    death.native("memcpy", libc).native(guessed);
    CHECK_THAT(death.diagnose().summary,
               contains(", probably called from decode_row in _codec.so"));

    Death given_up(raised(6, 4711));
    given_up.native("abort", libc).native(guessed);
    CHECK_THAT(given_up.diagnose().summary,
               contains("SIGABRT: probably decode_row() in _codec.so called abort()"));
}

TEST_CASE("who died in an extension itself is named once", "[analysis]")
{
    Death death(fault(11, 1, 0));
    death.native("decode_row", codec).native("decode_image", codec);
    death.crash().access = access(MemoryAccess::Kind::read, 0, "rax");

    CHECK(death.diagnose().summary ==
          "SIGSEGV: decode_row() in _codec.so read NULL (through rax)" + std::string(where));
}

TEST_CASE("a member far behind a NULL pointer is told from a wild pointer", "[analysis]")
{
    Death death(fault(11, 1, 0x12'0000));
    death.native("f", codec);
    death.crash().access = access(MemoryAccess::Kind::read, 0x12'0000, "rbx");
    death.crash().access->displacement = 0x12'0000;
    CHECK(death.diagnose().kind == CrashKind::null_dereference);

    death.crash().access->displacement = 8;
    CHECK(death.diagnose().kind == CrashKind::bad_address);
}

TEST_CASE("a call of NULL names the caller", "[analysis]")
{
    Death death(fault(11, 1, 0));
    NativeCall nowhere = native_call("");
    nowhere.address = Address{};
    nowhere.executable = false;
    death.native(nowhere).native("run_plugin", codec);
    death.crash().access = access(MemoryAccess::Kind::execute, 0);

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::null_call);
    CHECK(diagnosis.summary ==
          "SIGSEGV: run_plugin() in _codec.so called a NULL function pointer" + std::string(where));
}

TEST_CASE("a jump to garbage says where", "[analysis]")
{
    Death death(fault(11, 1, 0xdead'0000));
    NativeCall nowhere = native_call("");
    nowhere.executable = false;
    NativeCall caller = native_call("run_plugin", codec);
    caller.trust = Trust::inferred;
    death.native(nowhere).native(caller);
    death.crash().access = access(MemoryAccess::Kind::execute, 0xdead'0000);

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::bad_address);
    CHECK_THAT(diagnosis.summary,
               contains("run_plugin() in _codec.so called 0xdead0000, where no code is"));
}

TEST_CASE("an address that is none is told from the operand", "[analysis]")
{
    Death death({.number = 11, .code = 0x80, .fault_address = Address{0}});
    death.native("f", codec);
    death.crash().access = access(MemoryAccess::Kind::read, 0xdead'beef'dead'beef, "rdx");

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::bad_address);
    CHECK_THAT(diagnosis.summary,
               contains("f() in _codec.so read 0xdeadbeefdeadbeef (through rdx), "
                        "which is no valid address"));
}

TEST_CASE("a write to a read-only page names its file", "[analysis]")
{
    Death death(fault(11, 2, 0x7000'0000));
    death.native("f", codec);
    death.crash().access = access(MemoryAccess::Kind::write, 0x7000'0000);
    death.crash().fault_target =
        AddressTarget{.region = MappedRegion{
                          .permissions_known = true, .readable = true, .file = "/data/table.bin"}};

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::protection);
    CHECK_THAT(diagnosis.summary,
               contains("wrote to 0x70000000, in a read-only page of table.bin"));
}

TEST_CASE("a fault below the stack is an overflow, with what repeats", "[analysis]")
{
    Death death(fault(11, 1, 0x7fff'0000'0ff8));
    for (int i = 0; i < 100; ++i) {
        death.native("walk", codec).native("visit", codec);
    }
    death.crash().registers = ThreadRegisters{.tid = 4711, .sp = Address{0x7fff'0000'1000}};
    death.crash().above_fault =
        MappedRegion{.range = *AddressRange::make(Address{0x7fff'0000'1000}, 0x80'0000),
                     .permissions_known = true,
                     .readable = true,
                     .writable = true,
                     .stack_of = 4711};

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::stack_overflow);
    CHECK(diagnosis.summary ==
          "SIGSEGV: stack overflow: endless recursion of walk, visit (100 rounds)" +
              std::string(where));
}

TEST_CASE("the same fault beside another thread's stack is no overflow", "[analysis]")
{
    Death death(fault(11, 1, 0x7fff'0000'0ff8));
    death.crash().registers = ThreadRegisters{.tid = 4711, .sp = Address{0x7fff'0000'1000}};
    death.crash().above_fault = MappedRegion{.stack_of = 4712};
    CHECK(death.diagnose().kind == CrashKind::bad_address);
}

TEST_CASE("abort names who called it, past the C library's own frames", "[analysis]")
{
    Death death(raised(6, 4711));
    death.native("", libc).native("raise", libc).native("abort", libc).native("check", codec);

    const Diagnosis diagnosis = death.diagnose();

    CHECK(diagnosis.kind == CrashKind::abort);
    CHECK(diagnosis.summary == "SIGABRT: check() in _codec.so called abort()" + std::string(where));
}

TEST_CASE("the C library's message makes an assertion or a spoiled heap", "[analysis]")
{
    Death death(raised(6, 4711));
    death.native("abort", libc).native("check", codec);

    death.crash().abort_message = "python3: src/codec.c:120: check: Assertion `width > 0' failed.";
    CHECK(death.diagnose().kind == CrashKind::assertion);
    CHECK_THAT(death.diagnose().summary,
               contains("assertion `width > 0' failed in check (codec.c:120)"));

    death.crash().abort_message = "free(): invalid pointer";
    CHECK(death.diagnose().kind == CrashKind::heap_corruption);
    CHECK_THAT(death.diagnose().summary, contains("\"free(): invalid pointer\""));

    death.crash().abort_message = "*** stack smashing detected ***: terminated";
    CHECK(death.diagnose().kind == CrashKind::abort);
    CHECK_THAT(death.diagnose().summary, contains("stack smashing detected"));
}

TEST_CASE("a fatal error of Python says its message", "[analysis]")
{
    Death death(raised(6, 4711));
    death.crash().fatal_error =
        FatalPythonError{.function = "PyEval_SaveThread", .message = "no current thread"};

    CHECK(death.diagnose().kind == CrashKind::fatal_python_error);
    CHECK_THAT(death.diagnose().summary,
               contains("Fatal Python error: PyEval_SaveThread: no current thread"));
}

TEST_CASE("an uncaught C++ exception is named with who threw it", "[analysis]")
{
    Death death(raised(6, 4711));
    death.native("abort", libc).native("std::terminate()", libc).native("__cxa_throw", libc);
    death.native("parse(char const*)", codec);
    death.crash().exception = NativeException{.type = "std::runtime_error", .message = "boom"};

    CHECK(death.diagnose().kind == CrashKind::abort);
    CHECK(death.diagnose().summary ==
          "SIGABRT: uncaught C++ exception std::runtime_error (\"boom\"), thrown by parse(char "
          "const*) in _codec.so" +
              std::string(where));
}

TEST_CASE("a signal from outside names its sender and where the thread was", "[analysis]")
{
    Death death({.number = 6, .code = 0, .sender_pid = 99});
    CHECK(death.diagnose().kind == CrashKind::external_signal);
    CHECK(death.diagnose().summary ==
          "SIGABRT: sent by process 99 while in Image.load (image.py:88) in thread worker-3");

    death.crash().signal.sender_pid = 4711;
    CHECK_THAT(death.diagnose().summary, contains("the process sent it to itself"));
}

TEST_CASE("arithmetic, instructions and the bus have their kinds", "[analysis]")
{
    Death division(fault(8, 1, 0x1234));
    division.native("scale", codec);
    CHECK(division.diagnose().kind == CrashKind::arithmetic);
    CHECK_THAT(division.diagnose().summary,
               contains("integer division by zero in scale() in _codec.so"));

    CHECK(Death(fault(4, 2, 0x1234)).diagnose().kind == CrashKind::illegal_instruction);

    Death bus(fault(7, 2, 0x9000));
    bus.native("scan", codec);
    bus.crash().fault_target = AddressTarget{.region = MappedRegion{.file = "/data/cut.bin"}};
    CHECK(bus.diagnose().kind == CrashKind::bus_error);
    CHECK_THAT(bus.diagnose().summary, contains("beyond the end of the mapped file cut.bin"));
}

TEST_CASE("what ran in a handler is not where the thread died", "[analysis]")
{
    Death death(fault(11, 1, 0x10));
    NativeCall trampoline = native_call("__restore_rt", libc);
    trampoline.signal_frame = true;
    NativeCall died = native_call("decode_row", codec);
    died.address = Address{0x4444};
    died.sp = Address{0x7fff'0000'2000};
    death.native("raise", libc).native("on_crash", codec).native(trampoline).native(died);
    death.crash().registers =
        ThreadRegisters{.tid = 4711, .pc = Address{0x4444}, .sp = Address{0x7fff'0000'2000}};

    CHECK(death.diagnose().summary ==
          "SIGSEGV: decode_row() in _codec.so accessed 0x10 (NULL plus 16)" + std::string(where));
}

TEST_CASE("a thread that Python does not know is said to be one", "[analysis]")
{
    Death death(fault(11, 1, 0));
    death.snapshot().threads[0].python_name.reset();
    death.snapshot().threads[0].python_thread_id.reset();
    death.snapshot().threads[0].stack.clear();
    CHECK_THAT(death.diagnose().summary, contains("in thread 4711, which Python does not know"));
}

TEST_CASE("names of the process do not make the sentence endless", "[analysis]")
{
    Death death(fault(11, 1, 0));
    death.native(std::string(1 << 20, 'x'), codec);
    death.snapshot().threads[0].python_name = std::string(1 << 20, 'y');
    CHECK(death.diagnose().summary.size() < 1'000);
}

}  // namespace
}  // namespace pycore::test
