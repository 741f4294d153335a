#include "sentry/event.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using sentry::Json;
using sentry::make_event;

Report crash()
{
    test::SnapshotBuilder builder;
    const auto inner = test::code("/srv/app.py", "inner");
    builder.thread(1, "MainThread",
                   {test::with_local(test::frame(inner, 7), "x", "'value'"),
                    test::frame(test::code("/usr/lib/python3.13/threading.py", "run"), 9)});
    builder.native_frame(test::native_call("strlen")).segfault_at_null();
    builder.thread(2, "other", {test::frame(inner, 8)});
    return builder.report();
}

TEST_CASE("a debug id is the build id as a GUID of numbers", "[sentry]")
{
    // The example of Sentry's documentation.
    CHECK(sentry::debug_id("68220ae2c65d65c1b6aaa12fa6765a6ec2f5f434") ==
          "e20a2268-5dc6-c165-b6aa-a12fa6765a6e");
    CHECK(sentry::debug_id("0102") == "00000201-0000-0000-0000-000000000000");
    CHECK(sentry::debug_id("").empty());
    CHECK(sentry::debug_id("xyz0").empty());
}

TEST_CASE("the crashed thread's stack is that of the exception, oldest frame first", "[sentry]")
{
    const Json event = make_event(crash());
    const Json last = event["exception"]["values"].back();
    CHECK(last["type"] == "SIGSEGV");
    CHECK(last["thread_id"] == "1");
    CHECK(last["mechanism"]["synthetic"] == true);
    CHECK(last["mechanism"]["meta"]["signal"]["number"] == 11);
    const Json frames = last["stacktrace"]["frames"];
    REQUIRE(frames.size() == 3);
    CHECK(frames[0]["function"] == "run");
    CHECK(frames[0]["in_app"] == false);
    CHECK(frames[1]["vars"] == Json{{"x", "'value'"}});
    CHECK(frames[1]["in_app"] == true);
    CHECK(frames[2]["platform"] == "native");
    CHECK(frames[2]["instruction_addr"] == "0x7f0000401230");
    CHECK(event["level"] == "fatal");
    CHECK(event["transaction"] == "app.inner");
    CHECK_FALSE(event["threads"]["values"][0].contains("stacktrace"));
    CHECK(event["threads"]["values"][1]["stacktrace"]["frames"].size() == 1);
}

TEST_CASE("the same process is the same event, another one is not", "[sentry]")
{
    const Report one = crash();
    Report other = crash();
    CHECK(sentry::event_id(one) == sentry::event_id(crash()));
    other.snapshot.process.pid = 4712;
    CHECK(sentry::event_id(one) != sentry::event_id(other));
    CHECK(sentry::event_id(one).size() == 32);
}

TEST_CASE("events are grouped by the signature where there is one", "[sentry]")
{
    Report report = crash();
    report.signature = Signature{.id = "0123abcd"};
    CHECK(make_event(report)["fingerprint"] == Json::array({"pycore", "0123abcd"}));
    report.signature.reset();
    CHECK_FALSE(make_event(report).contains("fingerprint"));
}

TEST_CASE("exceptions come in the order they were raised, the signal last", "[sentry]")
{
    Report report = crash();
    Exception cause;
    cause.type = "KeyError";
    Exception raised;
    raised.type = "app.errors.Late";
    raised.message = "too late";
    raised.cause = std::make_shared<const Exception>(cause);
    report.snapshot.threads[0].exception = raised;
    report.snapshot.threads[0].exception_raised = true;
    const Json values = make_event(report)["exception"]["values"];
    REQUIRE(values.size() == 3);
    CHECK(values[0]["type"] == "KeyError");
    CHECK(values[0]["mechanism"]["source"] == "__cause__");
    CHECK(values[0]["mechanism"]["parent_id"] == 1);
    CHECK(values[1]["type"] == "Late");
    CHECK(values[1]["module"] == "app.errors");
    CHECK(values[1]["mechanism"]["handled"] == false);
    CHECK(values[2]["mechanism"]["exception_id"] == 0);
}

TEST_CASE("a deadlock of a living process is an error, told by one of its threads", "[sentry]")
{
    test::WaitBuilder builder;
    const std::size_t a = builder.thread("a");
    const std::size_t b = builder.thread("b");
    const std::size_t lock = builder.resource(ResourceKind::lock, "orders");
    const std::size_t other = builder.resource(ResourceKind::lock, "accounts");
    builder.owner(lock, b);
    builder.owner(other, a);
    builder.waits(a, lock);
    builder.waits(b, other);
    const Json event = make_event(builder.snapshot().report());
    CHECK(event["level"] == "error");
    REQUIRE(event["exception"]["values"].size() == 1);
    CHECK(event["exception"]["values"][0]["type"] == "Deadlock");
    const Json locks = event["threads"]["values"][0]["held_locks"];
    CHECK(locks["0x7f100000"]["type"] == 8);
    CHECK(locks["0x7f100000"]["thread_id"] == "101");
    CHECK(locks["0x7f100100"]["type"] == 1);
}

TEST_CASE("a living process in which nobody waits is no exception", "[sentry]")
{
    test::SnapshotBuilder builder;
    builder.thread(1, "MainThread", {test::frame(test::code("/srv/app.py", "f"), 1)});
    const Json event = make_event(builder.report());
    CHECK(event["level"] == "info");
    CHECK_FALSE(event.contains("exception"));
    CHECK(event["threads"]["values"][0]["stacktrace"]["frames"].size() == 1);
}

TEST_CASE("thread states of one thread have ids of their own", "[sentry]")
{
    Report report = crash();
    report.snapshot.threads.push_back(report.snapshot.threads[1]);
    CHECK(sentry::thread_ids(report.snapshot) == std::vector<std::string>{"1", "2", "2-2"});
}

}  // namespace
}  // namespace pycore
