#include <algorithm>
#include <utility>

#include "analysis/diagnose.hpp"
#include "base/sha256.hpp"
#include "pycore/text.hpp"
#include "signature/make_signature.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::native_call;
using test::SnapshotBuilder;

// Indices of the modules of every `Death`.
constexpr std::size_t python = 0;
constexpr std::size_t libc = 1;
constexpr std::size_t codec = 2;
constexpr std::size_t ctypes = 3;

ModuleDescription module(std::string path)
{
    ModuleDescription made;
    made.found = path;
    made.path = std::move(path);
    made.build_id = "1a2b3c4d5e6f";
    return made;
}

/// A thread that died in C code which app.py called: `native` adds frames from the innermost on,
/// `python` those further out.
class Death {
public:
    Death()
    {
        builder_.thread(4711, "MainThread", {});
        builder_.edit().modules = {
            module("/usr/bin/python3.11"), module("/usr/lib/libc.so.6"),
            module("/srv/codec.cpython-311-x86_64-linux-gnu.so"),
            module("/usr/lib/python3.11/lib-dynload/_ctypes.cpython-311-x86_64-linux-gnu.so")};
        builder_.edit().modules[python].interpreter = true;
        builder_.crashed({.number = 11, .code = 1, .fault_address = Address{0xdead'0000}});
    }

    Death& call(NativeCall call)
    {
        snapshot().threads[0].stack.emplace_back(std::move(call));
        return *this;
    }
    Death& native(const std::string& function, std::size_t module)
    {
        return call(native_call(function, module));
    }
    Death& python_frame(const std::string& function, std::int32_t line = 10)
    {
        snapshot().threads[0].stack.emplace_back(frame(code("/srv/app.py", function), line));
        return *this;
    }

    Snapshot& snapshot() { return builder_.edit(); }

    Signature signature() { return *make_signature(snapshot(), diagnose(snapshot()), {}); }
    std::string text() { return signature().text; }

private:
    SnapshotBuilder builder_;
};

bool notes(const Signature& signature, const std::string& part)
{
    return std::ranges::any_of(signature.notes, [&](const std::string& note) {
        return note.find(part) != std::string::npos;
    });
}

TEST_CASE("a crash is its class, where it died in C, and the Python functions above", "[signature]")
{
    Death death;
    death.native("memcpy", libc).native("decode_row", codec).native("other", codec);
    death.native("PyObject_Vectorcall", python).python_frame("Image.load").python_frame("main");
    const Signature signature = death.signature();
    CHECK(signature.text ==
          "SIGSEGV | memcpy | codec!decode_row | py:app.Image.load | py:app.main");
    CHECK(signature.version == 1);
    CHECK(signature.confidence == Confidence::high);
    CHECK(signature.notes.empty());
}

TEST_CASE("the ids are made as the documentation says", "[signature]")
{
    Death death;
    death.native("memcpy", libc).native("decode_row", codec).python_frame("load");
    const Signature signature = death.signature();
    CHECK(signature.id == sha256_hex("pycore-signature 1\nkind SIGSEGV\nnative memcpy\n"
                                     "native codec!decode_row\npython app.load\n"));
    CHECK(signature.coarse_id == sha256_hex("pycore-coarse-signature 1\nkind SIGSEGV\n"
                                            "module codec\npython app.load\n"));
}

TEST_CASE("addresses, ids, names of threads, lines, folders and patch releases are nothing",
          "[signature]")
{
    Death one;
    one.native("decode_row", codec).python_frame("load", 10);
    Death other;
    NativeCall call = native_call("decode_row", codec);
    call.address = Address{0x5555'0000'1234};
    call.sp = Address{0x7ffc'1234'5678};
    other.call(call);
    other.snapshot().threads[0].stack.emplace_back(
        frame(code("/home/me/releases/7/app.py", "load"), 99));
    other.snapshot().modules[codec].path = "/elsewhere/codec.abi3.so";
    other.snapshot().modules[codec].build_id = "ffff";
    other.snapshot().process.pid = 99;
    other.snapshot().threads[0].tid = 99;
    other.snapshot().crash->thread = 99;
    other.snapshot().threads[0].python_name = "worker-17";
    other.snapshot().interpreters[0].version.micro = 9;
    CHECK(one.signature().id == other.signature().id);
    CHECK(one.signature().coarse_id == other.signature().coarse_id);
}

TEST_CASE("other functions, and the same name in another library, are another bug", "[signature]")
{
    const auto id = [](const char* function, std::size_t module, const char* above) {
        Death death;
        return death.native(function, module).python_frame(above).signature().id;
    };
    const std::string decode = id("decode", codec, "load");
    CHECK(id("decode", codec, "load") == decode);
    CHECK(id("encode", codec, "load") != decode);
    CHECK(id("decode", libc, "load") != decode);
    CHECK(id("decode", codec, "save") != decode);
}

TEST_CASE("how a process gives up is cut off", "[signature]")
{
    Death death;
    death.native("raise", libc).native("abort", libc).native("helper", codec);
    death.native("__assert_fail", libc).native("check", codec).python_frame("run");
    CHECK(death.text() == "SIGSEGV | codec!check | py:app.run");
}

TEST_CASE("CPython's own functions count only where no other does", "[signature]")
{
    Death death;
    death.native("lookdict", python).native("PyDict_GetItem", python).native("PyDict_Get", python);
    death.python_frame("run");
    CHECK(death.text() == "SIGSEGV | PyDict_GetItem | py:app.run");
    CHECK(death.signature().confidence == Confidence::medium);

    Death called;
    called.native("lookdict", python).native("PyDict_GetItem", python).native("use", codec);
    CHECK(called.text() == "SIGSEGV | codec!use");
}

TEST_CASE("what only debug symbols know does not count", "[signature]")
{
    Death stripped;
    stripped.native("", libc).native("memcpy", libc).native("", python).native("", ctypes);
    stripped.python_frame("run");
    Death debug;
    NativeCall inlined = native_call("copy", codec);
    inlined.inlined = true;
    debug.call(inlined).native("__memcpy_internal", libc).native("memmove", libc);
    debug.native("PyCFuncPtr_call", ctypes).native("_PyObject_MakeTpCall", python);
    debug.python_frame("run");
    CHECK(stripped.signature().id == debug.signature().id);
    CHECK(stripped.text() == "SIGSEGV | memcpy | py:app.run");
}

TEST_CASE("a library without symbols counts by build and offset", "[signature]")
{
    Death death;
    death.native("", codec).python_frame("run");
    CHECK(death.text() == "SIGSEGV | codec+0x1230@1a2b3c4d | py:app.run");
    CHECK(death.signature().confidence == Confidence::medium);
    CHECK(notes(death.signature(), "without symbols"));

    Death named;
    named.native("decode", codec).python_frame("run");
    CHECK(named.signature().coarse_id == death.signature().coarse_id);
}

TEST_CASE("guessed frames count only where there is nothing better, and it says so", "[signature]")
{
    NativeCall guess = native_call("stale", codec);
    guess.trust = Trust::scan;
    Death better;
    better.native("memcpy", libc).call(guess).python_frame("run");
    CHECK(better.text() == "SIGSEGV | memcpy | py:app.run");

    Death worse;
    worse.native("", libc).call(guess).native("outer", codec).python_frame("run");
    CHECK(worse.text() == "SIGSEGV | codec!stale | py:app.run");
    CHECK(worse.signature().confidence == Confidence::low);
    CHECK(notes(worse.signature(), "guessed"));
}

TEST_CASE("missing files, a truncated core and an unknown thread lower the confidence",
          "[signature]")
{
    Death files;
    files.native("decode", codec);
    files.snapshot().modules[codec].found.reset();
    CHECK(files.signature().confidence == Confidence::low);
    CHECK(notes(files.signature(), "not at hand"));

    Death truncated;
    truncated.native("decode", codec).snapshot().core.truncated = true;
    CHECK(truncated.signature().confidence == Confidence::low);

    Death unknown;
    unknown.native("decode", codec).snapshot().threads[0].crashed = false;
    CHECK(unknown.signature().confidence == Confidence::low);

    CHECK(Death().signature().confidence == Confidence::low);
    CHECK(Death().text() == "SIGSEGV");
    CHECK_FALSE(make_signature(Snapshot{}, std::nullopt, {}));
}

TEST_CASE("the depth of a recursion is nothing", "[signature]")
{
    const auto id = [](int depth) {
        Death death;
        death.native("decode", codec);
        for (int i = 0; i < depth; ++i) {
            death.python_frame("walk").python_frame("visit");
        }
        return death.python_frame("main").signature().id;
    };
    CHECK(id(1) == id(2));
    CHECK(id(2) == id(500));
}

TEST_CASE("of an overflowed stack what repeats counts, wherever it ended", "[signature]")
{
    const auto overflow = [](int start) {
        Death death;
        for (int i = start; i < 60; ++i) {
            i % 2 == 0 ? death.native("walk", codec) : death.python_frame("on_node");
        }
        death.python_frame("main");
        const Diagnosis diagnosis{.kind = CrashKind::stack_overflow};
        return *make_signature(death.snapshot(), diagnosis, {});
    };
    CHECK(overflow(0).id == overflow(1).id);
    CHECK(overflow(0).text == "SIGSEGV/stack-overflow | codec!walk | py:app.on_node");
}

TEST_CASE("Python's plumbing counts only where nothing else is there", "[signature]")
{
    Death death;
    death.native("decode", codec).python_frame("work");
    auto& stack = death.snapshot().threads[0].stack;
    const auto plumbing = frame(code("/usr/lib/python3.11/threading.py", "run", "Thread.run"), 1);
    stack.emplace_back(plumbing);
    CHECK(death.text() == "SIGSEGV | codec!decode | py:app.work");
    stack = {plumbing};
    CHECK(death.text() == "SIGSEGV | py:threading.Thread.run");
}

TEST_CASE("where a living process is in C is chance, what Python called is not", "[signature]")
{
    const auto hang = [](const char* innermost) {
        Death death;
        death.native(innermost, codec).native("solve", codec).native("PyObject_Call", python);
        death.python_frame("run");
        death.snapshot().crash.reset();
        death.snapshot().threads[0].crashed = false;
        return *make_signature(death.snapshot(), std::nullopt, {});
    };
    CHECK(hang("step").id == hang("norm").id);
    CHECK(hang("step").text == "HANG | codec!solve | py:app.run");
    CHECK(hang("step").confidence == Confidence::medium);
}

TEST_CASE("of a spoiled heap the finder does not count", "[signature]")
{
    const auto spoiled = [](const char* message, const char* function) {
        Death death;
        death.native("abort", libc).native(function, libc).native("release", codec);
        death.python_frame("close");
        death.snapshot().crash->signal = {.number = 6, .code = -6, .sender_pid = 4711};
        death.snapshot().crash->abort_message = message;
        return death.signature();
    };
    CHECK(spoiled("free(): invalid pointer", "free").id ==
          spoiled("double free or corruption (out)", "realloc").id);
    CHECK(spoiled("free(): invalid pointer", "free").text ==
          "SIGABRT/malloc | codec!release | py:app.close");
}

TEST_CASE("hostile names make one line of printable text, cut to size", "[signature]")
{
    Death death;
    death.native("a\x1b[2Jb\nkind SIGBUS", codec).native(std::string(1 << 20, '<'), codec);
    death.python_frame("x\xe2\x80\xaey\n").python_frame(std::string(1 << 20, 'x'));
    const Signature signature = death.signature();
    CHECK(signature.text.size() <= 255);
    for (const SignatureComponent& component : signature.components) {
        CHECK(is_printable(component.text));
        CHECK(component.text.size() < 300);
    }
}

TEST_CASE("a signature has no more than sixteen functions", "[signature]")
{
    Death death;
    death.native("decode", codec);
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        death.python_frame(std::string(1, letter));
    }
    CHECK(death.signature().components.size() == 1 + 16);
    CHECK(death.text() == "SIGSEGV | codec!decode | py:app.a | py:app.b | py:app.c");
}

}  // namespace
}  // namespace pycore
