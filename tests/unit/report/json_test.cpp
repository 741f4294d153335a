#include <nlohmann/json.hpp>

#include <sstream>

#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using nlohmann::json;
using test::code;
using test::frame;
using test::native_call;
using test::SnapshotBuilder;

std::string written(const Report& report)
{
    std::ostringstream out;
    write_json(report, out);
    return out.str();
}

json parsed(const SnapshotBuilder& builder)
{
    return json::parse(written(builder.report()));
}

TEST_CASE("a report names its format and is ok when nothing is missing", "[json]")
{
    const json report = parsed(SnapshotBuilder());
    CHECK(report["schema"] == "pycore-report");
    CHECK(report["schema_version"] == "1.0");
    CHECK(report["status"] == "ok");
    CHECK(report["generator"] == json({{"name", "libpycore"}, {"version", PYCORE_VERSION}}));
    CHECK(report["warnings"] == json::array());
    CHECK(report["limits"] == json({{"hit", json::array()}}));
    CHECK(report["privacy"] == json({{"level", "local"}, {"redactions", json::array()}}));
}

TEST_CASE("the core and its process are described", "[json]")
{
    SnapshotBuilder builder;
    builder.edit().process.command_line = {"python3", "-c", "pass\n"};
    builder.edit().core.page_coverage = 1.0 / 3;
    const json report = parsed(builder);
    CHECK(report["core"] == json({{"path", "core.4711"},
                                  {"size", 1 << 20},
                                  {"compression", "none"},
                                  {"truncated", false},
                                  {"architecture", "x86_64"},
                                  {"segments", 7},
                                  {"page_coverage", 0.3333}}));
    CHECK(report["process"]["pid"] == 4711);
    CHECK(report["process"]["uid"] == nullptr);
    CHECK(report["process"]["command_line"] == json({"python3", "-c", "pass\n"}));
}

TEST_CASE("a crash says signal, code, address and thread", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {}).segfault_at_null();
    const json crash = parsed(builder)["crash"];
    CHECK(crash["signal"] == json({{"number", 11},
                                   {"name", "SIGSEGV"},
                                   {"code", 1},
                                   {"code_name", "SEGV_MAPERR"},
                                   {"sender_pid", nullptr},
                                   {"sender_uid", nullptr}}));
    CHECK(crash["fault_address"] == "0x0");
    CHECK(crash["thread"] == 4711);
}

TEST_CASE("a signature has its ids, its parts, and how sure it is", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {frame(code("/srv/app.py", "work"), 12)}).segfault_at_null();
    const Report report = builder.report();
    REQUIRE(report.signature);
    const json signature = parsed(builder)["signature"];
    CHECK(signature["id"] == report.signature->id);
    CHECK(signature["coarse_id"] == report.signature->coarse_id);
    CHECK(signature["text"] == "SIGSEGV/null | py:app.work");
    CHECK(signature["components"] == json({{{"part", "kind"}, {"text", "SIGSEGV/null"}},
                                           {{"part", "python"}, {"text", "app.work"}}}));
    CHECK(signature["version"] == 1);
    CHECK(signature["confidence"] == "high");
    CHECK(signature["notes"] == json::array());
    CHECK(parsed(SnapshotBuilder())["signature"] == nullptr);
}

TEST_CASE("the core of a living process has no crash", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {});
    const json report = parsed(builder);
    CHECK(report["crash"] == nullptr);
    CHECK(report["threads"][0]["crashed"] == false);
}

TEST_CASE("a frame has all that is known of it, on one line", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {frame(code("app.py", "work", "Job.work"), 12)});
    const std::string text = written(builder.report());
    CHECK_THAT(text, test::contains(
                         "\n      {\"kind\": \"python\", \"function\": \"work\", "
                         "\"qualified_name\": \"Job.work\", \"file\": \"app.py\", \"line\": 12, "
                         "\"end_line\": 12, \"column\": 4, \"end_column\": 9, \"source\": null, "
                         "\"entry\": false, "
                         "\"frame_address\": \"0x7fff00002000\", \"code_flags\": 3, "
                         "\"code_address\": \"0x7f0000001000\"}\n"));
}

TEST_CASE("what Python imported is counted, and listed where it was asked for", "[json]")
{
    SnapshotBuilder builder;
    builder.edit().interpreters[0].module_count = 40;
    const json counted = parsed(builder)["interpreters"][0];
    CHECK(counted["modules"] == 40);
    CHECK_FALSE(counted.contains("module_list"));
    InterpreterModules modules;
    modules.argv = {"app.py", "-x"};
    modules.list.push_back(
        {.name = "numpy", .version = "1.24.2", .file = {}, .distribution = "numpy 1.24.2"});
    builder.edit().interpreters[0].modules = modules;
    const json listed = parsed(builder)["interpreters"][0];
    CHECK(listed["argv"] == json({"app.py", "-x"}));
    CHECK(listed["executable"] == nullptr);
    CHECK(listed["module_list"] == json::array({{{"name", "numpy"},
                                                 {"version", "1.24.2"},
                                                 {"file", nullptr},
                                                 {"distribution", "numpy 1.24.2"}}}));
}

TEST_CASE("a frame has its line of source, and where that is from", "[json]")
{
    PythonFrame of_file = frame(code("app.py", "work"), 12);
    of_file.source = std::make_shared<const SourceLine>(SourceLine{.text = "  s = \"\u5DE5\"\t#"});
    PythonFrame of_process = of_file;
    of_process.source =
        std::make_shared<const SourceLine>(SourceLine{.text = "typed()", .from_process = true});
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {of_file, of_process});
    const json stack = parsed(builder)["threads"][0]["stack"];
    CHECK(stack[0]["source"] == "  s = \"\u5DE5\"\t#");
    CHECK_FALSE(stack[0].contains("source_from_process"));
    CHECK(stack[1]["source"] == "typed()");
    CHECK(stack[1]["source_from_process"] == true);
}

TEST_CASE("a frame has its variables where they were read", "[json]")
{
    FrameVariables variables;
    variables.locals = {
        {.name = "self",
         .kind = VariableKind::argument,
         .argument = ArgumentKind::positional_only,
         .value = {.type = "app.Job", .text = "<app.Job object at 0x7f10>", .address = {0x7f10}},
         .attributes = {{.name = "id",
                         .value = {.type = "int", .text = "7", .address = {0x7f20}}}}},
        {.name = "late", .bound = false},
        {.name = "text",
         .kind = VariableKind::cell,
         .value = {.text = "'a\x1b'", .address = {0x7f30}, .truncated = true, .redacted = true}}};
    variables.complete = false;
    PythonFrame job = frame(code("app.py", "work"), 12);
    job.variables = std::make_shared<const FrameVariables>(variables);
    const json seen = parsed(SnapshotBuilder().thread(
        1, "MainThread", {job, frame(code("a", "b"), 1)}))["threads"][0]["stack"];

    CHECK(seen[0]["locals_complete"] == false);
    CHECK(seen[0]["locals"] ==
          json::parse(R"([{"name": "self", "kind": "argument", "argument": "positional-only",
                           "type": "app.Job", "value": "<app.Job object at 0x7f10>",
                           "address": "0x7f10", "attributes": [{"name": "id", "type": "int",
                           "value": "7", "address": "0x7f20"}]},
                          {"name": "late", "kind": "local", "bound": false, "value": null},
                          {"name": "text", "kind": "cell", "type": null, "value": "'a\u001b'",
                           "address": "0x7f30", "truncated": true, "redacted": true}])"));
    CHECK_FALSE(seen[0].contains("globals"));
    CHECK_FALSE(seen[1].contains("locals"));
}

TEST_CASE("what is unknown of a frame is null", "[json]")
{
    SnapshotBuilder builder;
    PythonFrame unknown;
    unknown.code = std::make_shared<const PythonCode>();
    unknown.address = Address{0x10};
    builder.thread(4711, "MainThread", {unknown});
    const json seen = parsed(builder)["threads"][0]["stack"][0];
    CHECK(seen == json({{"kind", "python"},
                        {"function", nullptr},
                        {"qualified_name", nullptr},
                        {"file", nullptr},
                        {"line", nullptr},
                        {"end_line", nullptr},
                        {"column", nullptr},
                        {"end_column", nullptr},
                        {"source", nullptr},
                        {"entry", false},
                        {"frame_address", "0x10"}}));
}

TEST_CASE("a native frame has its names, its module and its place", "[json]")
{
    SnapshotBuilder builder;
    builder.edit().modules.push_back(
        {.path = "/usr/lib/libm.so.6", .build_id = "ab12", .range = {}, .found = {}});
    NativeCall call = native_call("sqrt", 0);
    NativePlace place = *call.place;
    place.file = "s_sqrt.c";
    place.line = 30;
    call.place = std::make_shared<const NativePlace>(std::move(place));
    builder.thread(1, "MainThread", {}).native_frame(call);
    CHECK(parsed(builder)["threads"][0]["stack"][0] == json({{"kind", "native"},
                                                             {"function", "sqrt"},
                                                             {"symbol", "sqrt"},
                                                             {"address", "0x7f0000401230"},
                                                             {"module", "/usr/lib/libm.so.6"},
                                                             {"build_id", "ab12"},
                                                             {"module_offset", "0x1230"},
                                                             {"file", "s_sqrt.c"},
                                                             {"line", 30},
                                                             {"inlined", false},
                                                             {"trust", "cfi"},
                                                             {"signal_frame", false}}));
}

TEST_CASE("a native frame of which nothing is known has its address", "[json]")
{
    SnapshotBuilder builder;
    NativeCall call = native_call("");
    call.executable = false;
    call.trust = Trust::context;
    builder.thread(1, "MainThread", {}).native_frame(call);
    const json seen = parsed(builder)["threads"][0]["stack"][0];
    CHECK(seen == json({{"kind", "native"},
                        {"function", nullptr},
                        {"symbol", nullptr},
                        {"address", "0x7f0000401230"},
                        {"module", nullptr},
                        {"build_id", nullptr},
                        {"module_offset", nullptr},
                        {"file", nullptr},
                        {"line", nullptr},
                        {"inlined", false},
                        {"trust", "context"},
                        {"signal_frame", false},
                        {"executable", false}}));
}

TEST_CASE("doubt about a Python frame's place is said, and only then", "[json]")
{
    SnapshotBuilder builder;
    PythonFrame doubtful = frame(code("a.py", "f"), 1);
    doubtful.placed = false;
    builder.thread(1, "MainThread", {doubtful, frame(code("a.py", "g"), 2)});
    const json stack = parsed(builder)["threads"][0]["stack"];
    CHECK(stack[0]["placement_certain"] == false);
    CHECK_FALSE(stack[1].contains("placement_certain"));
}

TEST_CASE("a thread says who it is, in kernel terms and in Python's", "[json]")
{
    SnapshotBuilder builder;
    builder.interpreter(5).thread(4712, "worker", {});
    json thread = parsed(builder)["threads"][0];
    CHECK(thread == json({{"tid", 4712},
                          {"name", nullptr},
                          {"crashed", false},
                          {"python_thread_id", "0x7f0000001268"},
                          {"python_name", "worker"},
                          {"interpreter", 5},
                          {"state", nullptr},
                          {"gil", nullptr},
                          {"waiting_for", nullptr},
                          {"holds", json::array()},
                          {"system_call", nullptr},
                          {"stack_complete", true},
                          {"stack", json::array()}}));
}

TEST_CASE("registers carry their names", "[json]")
{
    SnapshotBuilder builder;
    builder.native_thread(4711);
    builder.edit().threads[0].registers->general[16] = 0x401000;
    builder.edit().threads[0].registers->general[19] = 0x7ffe0000;
    const json registers = parsed(builder)["threads"][0]["registers"];
    CHECK(registers.size() == 27);
    CHECK(registers["rip"] == "0x401000");
    CHECK(registers["rsp"] == "0x7ffe0000");
    CHECK(registers["rax"] == "0x0");
}

TEST_CASE("interpreters are described with version and build", "[json]")
{
    SnapshotBuilder builder;
    builder.edit().interpreters[0].flavour.debug = true;
    builder.edit().interpreters[0].layout_source = LayoutSource::debug_offsets;
    const json interpreter = parsed(builder)["interpreters"][0];
    CHECK(interpreter["id"] == 0);
    CHECK(interpreter["version"] ==
          json({{"major", 3}, {"minor", 13}, {"micro", 5}, {"text", "3.13.5"}}));
    CHECK(interpreter["build"] == json({{"debug", true}, {"free_threaded", false}}));
    CHECK(interpreter["layout_source"] == "debug_offsets");
    CHECK(interpreter["gc_running"] == nullptr);
}

TEST_CASE("a module says what it is and where it came from", "[json]")
{
    SnapshotBuilder builder;
    ModuleDescription module;
    module.path = "/venv/site-packages/numpy/core.so";
    module.build_id = "ab01";
    module.range = AddressRange::make(Address{0x7000}, 0x1000).value();
    module.found = "/sysroot/core.so";
    module.python_extension = true;
    module.package = "numpy 1.24.2";
    builder.edit().modules = {module, ModuleDescription{}};
    builder.edit().modules[1].executable = true;
    const json modules = parsed(builder)["modules"];
    CHECK(modules[0] == json({{"path", "/venv/site-packages/numpy/core.so"},
                              {"build_id", "ab01"},
                              {"start", "0x7000"},
                              {"end", "0x8000"},
                              {"found", "/sysroot/core.so"},
                              {"executable", false},
                              {"python_extension", true},
                              {"package", "numpy 1.24.2"}}));
    CHECK(modules[1]["executable"] == true);
    CHECK(modules[1]["python_extension"] == false);
    CHECK(modules[1]["package"] == nullptr);
}

TEST_CASE("hostile names read back and are harmless as text", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(1, "\x1b]0;owned\x07",
                   {frame(code("/tmp/\xFF\"\\.py", "a\nb", "\xE2\x80\xAE"), 1)});
    builder.edit().process.command_line = {std::string("nul\0byte", 8)};
    const std::string text = written(builder.report());
    const json report = json::parse(text);
    CHECK(report["threads"][0]["python_name"] == "\x1b]0;owned\x07");
    CHECK(report["threads"][0]["stack"][0]["file"] == "/tmp/\\xff\"\\.py");
    CHECK(report["threads"][0]["stack"][0]["function"] == "a\nb");
    CHECK(report["process"]["command_line"][0] == std::string("nul\0byte", 8));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("more code objects than are kept in the cache are all written", "[json]")
{
    SnapshotBuilder builder;
    std::vector<PythonFrame> stack;
    for (int i = 0; i < 9'000; ++i) {
        stack.push_back(frame(code("app.py", "f" + std::to_string(i)), i));
    }
    builder.thread(1, "MainThread", std::move(stack));
    const json seen = parsed(builder)["threads"][0]["stack"];
    REQUIRE(seen.size() == 9'000);
    CHECK(seen[4'096]["function"] == "f4096");
    CHECK(seen[8'999]["line"] == 8'999);
}

TEST_CASE("the same report gives the same bytes", "[json]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("a.py", "f"), 1)}).segfault_at_null().gap("g", "m");
    CHECK(written(builder.report()) == written(builder.report()));
}

TEST_CASE("warnings and limits say what and where", "[json]")
{
    SnapshotBuilder builder;
    builder.gap("frame-unreadable", "frame at 0x10: not_saved");
    builder.edit().gaps[0].address = Address{0x10};
    builder.edit().gaps[0].thread = 4711;
    builder.edit().limits.push_back(
        LimitHit{.limit = "max-frames", .value = 10, .where = "thread 4711"});
    const json report = parsed(builder);
    CHECK(report["status"] == "partial");
    CHECK(report["warnings"] == json::array({{{"code", "frame-unreadable"},
                                              {"message", "frame at 0x10: not_saved"},
                                              {"address", "0x10"},
                                              {"thread", 4711}}}));
    CHECK(report["limits"]["hit"] ==
          json::array({{{"limit", "max-frames"}, {"value", 10}, {"where", "thread 4711"}}}));
}

TEST_CASE("a stream that fails stays failed and ends the report quietly", "[json]")
{
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    write_json(SnapshotBuilder().report(), out);
    CHECK(out.bad());
    CHECK(out.str().empty());
}

}  // namespace
}  // namespace pycore
