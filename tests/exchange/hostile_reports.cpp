// Writes reports of processes that do all they can to break a format: one folder for each, with a
// file for each format for other programs.
//
// usage: pycore_hostile_reports FOLDER

#include <filesystem>
#include <fstream>
#include <iostream>

#include "format.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore::test {
namespace {

const std::vector<std::string>& hostile_texts()
{
    static const std::vector<std::string> texts{
        "",
        "`",
        "a ``` b",
        "````text\n</details>\n```",
        "@octocat #1 owner/name#2 http://evil.example www.evil.example me@evil.example",
        "</code></summary><script>alert(1)</script><img src=x onerror=alert(1)>",
        "| a \\| b \\\\| c |",
        "[text](http://evil.example) ![i](x) <http://evil.example> [r]: http://evil.example",
        " ` ",
        "\\`\\",
        "**bold** _em_ ~~del~~ $x$ &lt;b&gt; :smile:",
        "\x1b]0;owned\x07\r\n\t\x7f",
        "\xC2\x9B"
        "2J\xE2\x80\xAE\xE2\x80\xA8\xEF\xBB\xBF",
        "\xFF\xFE\xED\xA0\x80\xC0\x80",
        "\"}],\"crash_thread\":true,{\"",
        "%s%n{}",
        "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
        std::string("zero\0byte", 9),
        std::string(20'000, '`'),
        std::string(20'000, '"'),
        std::string(10'000, '\x01'),
        "\xF0\x9F\x90\x8D" + std::string(20'000, 'x') + "\xF0\x9F\x90\x8D",
    };
    return texts;
}

Exception hostile_exception(const std::string& text, int depth)
{
    Exception made;
    made.type = text;
    made.message = text;
    made.address = Address{static_cast<std::uint64_t>(0x9000 + depth)};
    made.traceback.push_back({.code = code(text, text, text), .position = {.line = -1}});
    made.notes = {text};
    if (depth > 0) {
        made.cause = std::make_shared<const Exception>(hostile_exception(text, depth - 1));
        made.exceptions.push_back(hostile_exception(text, depth / 2));
        made.is_group = true;
    }
    return made;
}

void add_module(Snapshot& snapshot, const std::string& text)
{
    ModuleDescription module;
    module.path = text;
    module.build_id = text;
    module.package = text;
    module.range = *AddressRange::make(Address{0x401000}, 0x1000);
    module.executable = true;
    module.python_extension = true;
    snapshot.modules.push_back(std::move(module));
}

void add_wait(Snapshot& snapshot, const std::string& text)
{
    Resource resource;
    resource.kind = ResourceKind::lock;
    resource.address = Address{0x5000};
    resource.type = text;
    resource.name = text;
    resource.description = text;
    resource.owners.push_back(
        {.thread = 0, .tid = 1, .certain = true, .where = text, .evidence = text});
    snapshot.resources.push_back(std::move(resource));
    Thread& last = snapshot.threads.back();
    last.wait = Wait{.resource = 0, .where = text, .evidence = text};
    last.activity = Activity::waiting;
    last.holds = {0, 7};
}

NativeCall hostile_call(const std::string& text)
{
    NativePlace place;
    place.function = text;
    place.symbol = text + text;
    place.function_offset = UINT64_MAX;
    place.module = 0;
    place.file = text;
    place.line = UINT32_MAX;
    NativeCall call{.place = std::make_shared<const NativePlace>(std::move(place))};
    call.address = Address{UINT64_MAX};
    call.return_address = true;
    return call;
}

// `text` in every place that a core fills.
Report report_of(const std::string& text)
{
    SnapshotBuilder builder;
    const PythonFrame frame = with_local(test::frame(code(text, text, text), -5), text, text);
    builder.thread(1, text, {frame, frame}).segfault_at_null();
    builder.native_frame(hostile_call(text)).thread(2, text, {frame}).native_thread(3);
    Snapshot& snapshot = builder.edit();
    add_module(snapshot, text);
    snapshot.threads.push_back(snapshot.threads.front());  // of another interpreter
    snapshot.threads.back().crashed = false;
    snapshot.threads[0].exception = hostile_exception(text, 3);
    snapshot.threads[0].handled.push_back(hostile_exception(text, 1));
    add_wait(snapshot, text);
    snapshot.core.path = text;
    snapshot.process.command = text;
    snapshot.process.executable = text;
    snapshot.process.command_line = {text, text};
    snapshot.interpreters[0].version_text = text;
    snapshot.crash->abort_message = text;
    snapshot.crash->signal.number = -1;
    snapshot.gaps.push_back(Gap{.code = text, .message = text, .address = {}, .thread = {}});
    Report report = builder.report();
    report.hints.push_back({.id = text, .title = text, .detail = text, .evidence = {text}});
    report.deadlocks.push_back(
        {.kind = text, .edges = {{.waiter = 1, .holder = 99, .evidence = text}}, .summary = text});
    report.signature = Signature{.id = text, .coarse_id = text, .text = text};
    return report;
}

// More of everything than any format has room for.
Report endless_report()
{
    SnapshotBuilder builder;
    const std::string name(300, '"');
    std::vector<PythonFrame> stack;
    for (int i = 0; i < 80; ++i) {
        // No two lines are the same, so that nothing is folded as recursion.
        stack.push_back(
            with_local(test::frame(code(name + std::to_string(i), name), i), name, name));
    }
    for (std::int32_t tid = 1; tid <= 120; ++tid) {
        builder.thread(tid, name + std::to_string(tid), stack);
        if (tid == 1) {
            builder.segfault_at_null();
        }
    }
    for (int i = 0; i < 3000; ++i) {
        add_module(builder.edit(), "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    }
    return builder.report();
}

Report empty_report()
{
    SnapshotBuilder builder;
    builder.without_python();
    return builder.report();
}

void write_formats(const std::filesystem::path& folder, const Report& report)
{
    std::filesystem::create_directories(folder);
    for (const char* name : {"core-backtrace", "ureport", "sentry", "markdown"}) {
        const Format* format = find_format(name);
        std::ofstream file(folder / name, std::ios::binary);
        format->write(report, file, Presentation{});
    }
}

}  // namespace
}  // namespace pycore::test

int main(int count, char** words)
{
    using namespace pycore::test;
    if (count != 2) {
        std::cerr << "usage: pycore_hostile_reports FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = words[1];
    int number = 0;
    for (const std::string& text : hostile_texts()) {
        write_formats(folder / std::to_string(number++), report_of(text));
    }
    write_formats(folder / "endless", endless_report());
    write_formats(folder / "empty", empty_report());
    return 0;
}
