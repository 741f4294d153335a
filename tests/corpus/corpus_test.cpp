#include "corpus/corpus.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "corpus/crash_check.hpp"
#include "corpus/expected.hpp"
#include "corpus/module_tree.hpp"
#include "corpus/waits_check.hpp"
#include "pycore/analyze.hpp"
#include "support/catch.hpp"
#include "support/python_frames.hpp"
#include "support/temporary_folder.hpp"

using namespace pycore;        // NOLINT(google-build-using-namespace): a test is one scope
using namespace pycore::test;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<ExpectedFrame> frames_of(const Thread& thread)
{
    std::vector<ExpectedFrame> frames;
    for (const PythonFrame& frame : python_frames(thread)) {
        frames.push_back({frame.code->file, frame.position.line.value_or(-1), frame.code->name});
    }
    return frames;
}

ExpectedPosition position_of(const PythonFrame& frame)
{
    return {frame.code->qualified_name, frame.position.line, frame.position.end_line,
            frame.position.column, frame.position.end_column};
}

/// Lines of a stack, for the message of a failed comparison.
std::string text_of(const std::vector<ExpectedFrame>& frames)
{
    constexpr std::size_t most = 60;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, frames.size()); ++i) {
        text += "\n  " + frames[i].file + ':' + std::to_string(frames[i].line) + ' ' +
                frames[i].function;
    }
    return text;
}

void check_positions(const Thread& thread, const ExpectedThread& expected)
{
    if (expected.positions.empty()) {
        return;
    }
    const auto frames = python_frames(thread);
    REQUIRE(expected.positions.size() == frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto& position = expected.positions[i];
        const ExpectedPosition actual = position_of(frames[i]);
        INFO("frame " << i << ": " << actual.qualified_name << ' ' << actual.line.value_or(-1)
                      << ' ' << actual.column.value_or(-1) << '-'
                      << actual.end_column.value_or(-1));
        CHECK((!position || *position == actual));
    }
}

/// Where the code of a frame is not at hand, what is around it is guessed.
bool runs_code_without_file(const Snapshot& snapshot)
{
    const auto without_file = [&](const StackFrame& frame) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        if (call == nullptr || !call->place->module) {
            return false;
        }
        const ModuleDescription& module = snapshot.modules.at(*call->place->module);
        return !module.found && module.path != "[vdso]";
    };
    return std::ranges::any_of(snapshot.threads, [&](const Thread& thread) {
        return std::ranges::any_of(thread.stack, without_file);
    });
}

void check_gaps(const Report& report)
{
    std::set<std::string> allowed{"module-build-id-mismatch"};
    if (runs_code_without_file(report.snapshot)) {
        allowed.insert({"native-stack-incomplete", "python-frames-unplaced"});
    } else {
        CHECK(report.status == Status::ok);
    }
    for (const Gap& gap : report.snapshot.gaps) {
        INFO(gap.code << ": " << gap.message);
        CHECK(allowed.contains(gap.code));
    }
}

void check_thread(const Snapshot& snapshot, const ExpectedThread& expected)
{
    INFO("thread " << std::hex << expected.ident);
    const auto same = [&](const Thread& thread) {
        return thread.python_thread_id == expected.ident;
    };
    const auto thread = std::ranges::find_if(snapshot.threads, same);
    REQUIRE(thread != snapshot.threads.end());
    CHECK(std::ranges::count_if(snapshot.threads, same) == 1);
    CHECK(thread->tid.has_value());
    CHECK((thread->stack_complete || runs_code_without_file(snapshot)));
    INFO("expected:" << text_of(expected.frames));
    INFO("actual:" << text_of(frames_of(*thread)));
    CHECK((frames_of(*thread) == expected.frames));
    // At exit `threading` goes before the last code runs; its names cannot be known then.
    const bool finalizing = std::ranges::any_of(snapshot.interpreters, &Interpreter::finalizing);
    if (expected.name && (thread->python_name || !finalizing)) {
        CHECK(thread->python_name == expected.name);
    }
    check_positions(*thread, expected);
}

void check_process(const Snapshot& snapshot, const CorpusCore& core, const Expected& expected)
{
    const CorpusBuild& build = corpus().build(core.build);
    for (const Interpreter& interpreter : snapshot.interpreters) {
        CHECK(to_string(interpreter.version) == build.python);
        CHECK(interpreter.flavour.debug == build.debug);
    }
    CHECK(snapshot.crash.has_value() == !core.signal.empty());
    if (expected.crashed_thread && snapshot.crash) {
        CHECK(snapshot.threads.front().crashed);
        CHECK(snapshot.threads.front().python_thread_id == expected.crashed_thread);
    }
    const auto with_frames = std::ranges::count_if(
        snapshot.threads, [](const Thread& thread) { return !python_frames(thread).empty(); });
    const auto expected_with_frames = std::ranges::count_if(
        expected.threads, [](const ExpectedThread& thread) { return !thread.frames.empty(); });
    CHECK(with_frames == expected_with_frames);
}

/// Files without section headers have no names: what these tell of a crash is less.
enum class Files : std::uint8_t { whole, stripped, missing };

/// Analyzes every core of a supported Python and compares it with its truth. `sysroot` is filled
/// for each build by `prepare`.
void check_corpus(
    Files with_files,
    const std::function<void(const CorpusBuild&, const std::filesystem::path&)>& prepare)
{
    for (const CorpusBuild& build : corpus().builds) {
        const TemporaryFolder folder;
        const auto sysroot = folder.path() / "root";
        std::filesystem::create_directories(sysroot);
        prepare(build, sysroot);
        for (const CorpusCore& core : corpus().cores) {
            if (core.build != build.name || core.expected.empty() || !build.supported) {
                continue;
            }
            INFO(core.name);
            const auto path = folder.path() / "core";
            unpack(core.packed, path);
            REQUIRE(std::filesystem::file_size(path) == core.size);
            Options options;
            options.files.sysroot = sysroot;
            const auto report = analyze(path, options);
            REQUIRE(report);
            const Expected expected = read_expected(core.expected);
            check_gaps(*report);
            check_process(report->snapshot, core, expected);
            if (expected.crash && with_files == Files::whole) {
                check_crash(*report, *expected.crash);
            }
            for (const ExpectedThread& thread : expected.threads) {
                check_thread(report->snapshot, thread);
            }
            check_waits(*report, core.scenario);
        }
    }
}

/// Without any ELF file.
Result<Report> analyze_alone(const CorpusCore& core)
{
    const TemporaryFolder folder;
    unpack(core.packed, folder.path() / "core");
    Options options;
    options.files.sysroot = folder.path();
    return analyze(folder.path() / "core", options);
}

}  // namespace

TEST_CASE("with no ELF file at all, every stack equals what the process told", "[corpus]")
{
    check_corpus(Files::missing, [](const CorpusBuild&, const std::filesystem::path&) {});
}

TEST_CASE("with ELF files, every stack equals what the process told", "[corpus]")
{
    check_corpus(Files::whole, write_modules);
}

TEST_CASE("with stripped ELF files, every stack equals what the process told", "[corpus]")
{
    check_corpus(Files::stripped, write_stripped_modules);
}

TEST_CASE("with ELF files, their modules are found", "[corpus]")
{
    const auto& cores = corpus().cores;
    const auto core =
        std::ranges::find_if(cores, [](const CorpusCore& c) { return !c.expected.empty(); });
    REQUIRE(core != cores.end());
    const TemporaryFolder folder;
    write_modules(corpus().build(core->build), folder.path() / "root");
    unpack(core->packed, folder.path() / "core");
    Options options;
    options.files.sysroot = folder.path() / "root";
    const auto report = analyze(folder.path() / "core", options);
    REQUIRE(report);
    const auto& modules = report->snapshot.modules;
    const auto found = std::ranges::count_if(
        modules, [](const ModuleDescription& m) { return m.found.has_value(); });
    // All but the vdso, which is in no file, and the modules the scenario does not need.
    CHECK(found >= 3);
}

TEST_CASE("an unsupported Python is named in one warning and never decoded", "[corpus]")
{
    for (const CorpusCore& core : corpus().cores) {
        if (core.kind != "unsupported") {
            continue;
        }
        INFO(core.name);
        const auto report = analyze_alone(core);
        REQUIRE(report);
        CHECK(report->status == Status::partial);
        CHECK(report->snapshot.python_found);
        CHECK_FALSE(report->snapshot.python_supported);
        CHECK(std::ranges::count(report->snapshot.gaps, "python-unsupported", &Gap::code) == 1);
        CHECK(std::ranges::all_of(report->snapshot.threads, [](const Thread& thread) {
            return python_frames(thread).empty();
        }));
    }
}

TEST_CASE("a core of no Python process is told as such, with its threads", "[corpus]")
{
    for (const CorpusCore& core : corpus().cores) {
        if (core.kind != "not-python") {
            continue;
        }
        INFO(core.name);
        const auto report = analyze_alone(core);
        REQUIRE(report);
        CHECK_FALSE(report->snapshot.python_found);
        CHECK_FALSE(report->snapshot.threads.empty());
        CHECK(report->snapshot.threads.front().crashed);
    }
}
