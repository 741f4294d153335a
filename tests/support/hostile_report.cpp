#include "support/hostile_report.hpp"

#include <utility>

#include "support/snapshot_builder.hpp"
#include "support/wait_builder.hpp"

namespace pycore::test {
namespace {

std::shared_ptr<const FrameVariables> variables_of(const std::string& text)
{
    const Value value{.type = text, .text = text, .address = Address{0x7f10}};
    Variable variable{.name = text, .value = value};
    variable.attributes.push_back({.name = text, .value = value});
    FrameVariables made;
    made.locals = {variable, {.name = text, .bound = false}};
    made.globals = {variable};
    made.complete = false;
    return std::make_shared<const FrameVariables>(std::move(made));
}

PythonFrame python_frame(const std::string& text)
{
    PythonFrame made = frame(code(text, text, text), 3);
    made.source = std::make_shared<const SourceLine>(SourceLine{.text = "call(" + text + ")"});
    made.position = {.line = 3, .end_line = 3, .column = 1, .end_column = 6};
    made.variables = variables_of(text);
    return made;
}

NativeCall native_frame(const std::string& text)
{
    NativePlace place{.function = text, .symbol = text, .module = 0, .file = text, .line = 7};
    return {.place = std::make_shared<const NativePlace>(std::move(place)),
            .address = Address{0x401000},
            .trust = Trust::scan};
}

Exception exception_of(const std::string& text)
{
    Exception made;
    made.type = text;
    made.message = text;
    made.address = Address{0x7f20};
    made.message_certain = false;
    made.notes = {text, text};
    TracebackEntry entry;
    entry.code = code(text, text, text);
    entry.position = {.line = 3, .end_line = 3, .column = 1, .end_column = 6};
    entry.source = std::make_shared<const SourceLine>(SourceLine{.text = "raise " + text});
    made.traceback = {entry};
    return made;
}

Exception group_of(const std::string& text)
{
    Exception made = exception_of(text);
    made.address = Address{0x7f30};
    made.is_group = true;
    made.exceptions = {exception_of(text), exception_of(text)};
    made.cause = std::make_shared<const Exception>(exception_of(text));
    Exception syntax = exception_of(text);
    syntax.syntax = std::make_shared<const SyntaxErrorPlace>(SyntaxErrorPlace{
        .message = text, .file = text, .line = 2, .column = 1, .end_column = 3, .text = text});
    made.exceptions.push_back(std::move(syntax));
    return made;
}

/// The first thread of the process: the one that crashes.
void add_crash(WaitBuilder& process, const std::string& text)
{
    process.thread(text);
    process.threads()[0].stack = {native_frame(text), python_frame(text)};
    process.threads()[0].exception = group_of(text);
    process.snapshot().segfault_at_null();
    Crash& crash = *process.snapshot().edit().crash;
    AddressTarget target;
    target.region = MappedRegion{.range = {}, .permissions_known = true, .file = text};
    crash.targets.push_back({.name = text, .value = Address{0x10}, .target = target});
    target.symbol = text;
    target.python_type = text;
    crash.targets.push_back({.name = text, .value = Address{0x20}, .target = target});
    crash.fault_target = target;
    crash.abort_message = text;
    crash.fatal_error = FatalPythonError{.function = text, .message = text};
    crash.exception = NativeException{.type = text, .message = text};
}

std::size_t holder_of_a_lock(WaitBuilder& process, const std::string& text)
{
    const std::size_t thread = process.thread(text);
    process.threads()[thread].name = text;
    process.threads()[thread].stack = {native_frame(text), python_frame(text)};
    const std::size_t lock = process.resource(ResourceKind::lock, text);
    process.resources()[lock].type = text;
    process.resources()[lock].description = text;
    process.owner(lock, thread, OwnerEvidence::with_block, text).evidence = text;
    return thread;
}

/// Two circles, one of them through a join, and threads that are in none.
void add_waits(WaitBuilder& process, const std::string& text)
{
    const std::size_t first = holder_of_a_lock(process, text);
    const std::size_t second = holder_of_a_lock(process, text);
    process.waits(first, 1, text).evidence = text;
    process.waits(second, 0, text);
    const std::size_t third = holder_of_a_lock(process, text);
    const std::size_t fourth = process.thread(text);
    process.waits(third, process.end_of(fourth), text);
    process.waits(fourth, 2, text);
    process.waits(process.thread(text), 0, text);
    process.waits(process.thread(text), process.end_of(second), text);
    Thread& reader = process.threads()[process.thread(text)];
    reader.activity = Activity::in_system_call;
    reader.system_call = SystemCall{.name = text, .fd = 1, .path = text};
    reader.loop = Loop{.function = text, .file = text, .first_line = 1, .last_line = 2};
    reader.exception = group_of(text);
    reader.handled = {exception_of(text)};
}

void fill_process(Snapshot& snapshot, const std::string& text)
{
    snapshot.core.path = text;
    ProcessDescription& process = snapshot.process;
    process.command = text;
    process.command_line = {text, text};
    process.executable = text;
    process.executable_build_id = text;
    process.environment = std::vector<EnvironmentVariable>{{.name = text, .value = text}};
    Interpreter& interpreter = snapshot.interpreters.at(0);
    interpreter.version_text = text;
    interpreter.modules = InterpreterModules{
        .argv = {text},
        .original_argv = {text},
        .path = {text},
        .executable = text,
        .list = {{.name = text, .version = text, .file = text, .distribution = text}},
        .complete = false};
    snapshot.modules = {
        {.path = text, .build_id = text, .range = {}, .found = text + "/", .package = text}};
    snapshot.gaps.push_back(Gap{.code = text, .message = text, .address = {}, .thread = 1});
    snapshot.limits.push_back(LimitHit{.limit = text, .value = 1, .where = text});
    snapshot.privacy.redactions = {{.where = text, .reason = text, .count = 2}};
}

}  // namespace

Report hostile_report(const std::string& hostile)
{
    WaitBuilder process;
    add_crash(process, hostile);
    add_waits(process, hostile);
    fill_process(process.snapshot().edit(), hostile);
    Report made = process.snapshot().report();
    made.hints.push_back({.id = hostile,
                          .severity = Severity::error,
                          .title = hostile,
                          .detail = hostile,
                          .threads = {1},
                          .evidence = {hostile, hostile}});
    made.signature = Signature{.id = hostile,
                               .coarse_id = hostile,
                               .text = hostile,
                               .components = {{.text = hostile}},
                               .notes = {hostile}};
    return made;
}

std::vector<std::string> hostile_texts()
{
    return {"</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg/onload=alert(1)>",
            "'><a href=javascript:alert(1)>x</a>",
            "</title></style></pre></code></svg><iframe src=//evil.example>",
            "--><!--<script>",
            "]]>&lt;b&gt;&#60;i&#62;&notin;",
            "`onmouseover=alert(1)` x=\"y\" z='w'",
            "javascript:alert(1)//url(http://evil.example/x)",
            "</style><style>*{display:none}@import 'http://evil.example'",
            "\xE2\x80\xAEyp.evil \xE2\x81\xA6x\xE2\x81\xA9 \xE2\x80\x8B\xEF\xBB\xBF",
            "\x1b[31m\x1b]0;owned\x07\x9b"
            "2J\b\r",
            "line one\nline two\r\n\tthree",
            "\xED\xA0\x80\xED\xBF\xBF lone \xFF\xFE\xC0\xAF",
            std::string("nul\0byte", 8),
            "\xF0\x9F\x90\x8D \xE8\x9B\x87 \xCE\xB4\xCE\xBF\xCE\xBA"};
}

}  // namespace pycore::test
