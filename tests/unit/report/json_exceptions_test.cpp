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
using test::SnapshotBuilder;

Exception exception(std::string type, std::string message)
{
    Exception made;
    made.type = std::move(type);
    made.message = std::move(message);
    made.address = Address{0x7f10};
    return made;
}

json thread_with(Thread changes)
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("a.py", "f"), 1)});
    Thread& thread = builder.edit().threads.back();
    thread.exception = std::move(changes.exception);
    thread.exception_raised = changes.exception_raised;
    thread.handled = std::move(changes.handled);
    std::ostringstream out;
    write_json(builder.report(), out);
    return json::parse(out.str())["threads"][0];
}

TEST_CASE("a thread without an exception does not name one", "[json]")
{
    const json thread = thread_with({});
    CHECK(!thread.contains("exception"));
    CHECK(!thread.contains("handled"));
}

TEST_CASE("an exception has its words, its traceback and what led to it", "[json]")
{
    Exception one = exception("app.Late", "too late");
    one.traceback = {{.code = code("a.py", "f", "C.f"),
                      .position = {.line = 3, .end_line = 3, .column = 4, .end_column = 9},
                      .source = std::make_shared<const SourceLine>(SourceLine{.text = "g()"})}};
    one.notes = {"a note"};
    one.cause = std::make_shared<const Exception>(exception("KeyError", "'k'"));
    Exception again = exception("KeyError", "");
    again.repeated = true;
    one.context = std::make_shared<const Exception>(again);
    one.suppress_context = true;
    const json thread = thread_with({.exception = one, .exception_raised = true});
    const json& written = thread["exception"];
    CHECK(written["type"] == "app.Late");
    CHECK(written["address"] == "0x7f10");
    CHECK(written["where"] == "raised");
    CHECK(written["message"] == "too late");
    CHECK(!written.contains("message_certain"));
    CHECK(!written.contains("complete"));
    CHECK(!written.contains("exceptions"));
    CHECK(written["notes"] == json::array({"a note"}));
    CHECK(written["traceback"] == json::array({{{"file", "a.py"},
                                                {"line", 3},
                                                {"end_line", 3},
                                                {"column", 4},
                                                {"end_column", 9},
                                                {"function", "f"},
                                                {"qualified_name", "C.f"},
                                                {"source", "g()"}}}));
    CHECK(written["cause"]["message"] == "'k'");
    CHECK(!written["cause"].contains("where"));
    CHECK(written["context"] ==
          json({{"type", "KeyError"}, {"address", "0x7f10"}, {"repeated", true}}));
    CHECK(written["suppress_context"] == true);
}

TEST_CASE("members of a group and the other handled exceptions follow", "[json]")
{
    Exception group = exception("ExceptionGroup", "g (1 sub-exception)");
    group.is_group = true;
    group.exceptions = {exception("ValueError", "v")};
    Exception other = exception("", "argument");
    other.address = Address{};
    other.message_certain = false;
    other.complete = false;
    const json thread = thread_with({.exception = group, .handled = {other}});
    CHECK(thread["exception"]["where"] == "being_handled");
    CHECK(thread["exception"]["exceptions"][0]["message"] == "v");
    REQUIRE(thread["handled"].size() == 1);
    const json& written = thread["handled"][0];
    CHECK(written["type"].is_null());
    CHECK(!written.contains("address"));
    CHECK(written["message_certain"] == false);
    CHECK(written["complete"] == false);
    CHECK(written["cause"].is_null());
}

}  // namespace
}  // namespace pycore
