#include "report/fit_to_size.hpp"

#include <sstream>

#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::SnapshotBuilder;

std::vector<PythonFrame> stack_of(int frames)
{
    const auto shared = code("/srv/app/deep.py", "descend");
    std::vector<PythonFrame> stack;
    for (int i = 0; i < frames; ++i) {
        stack.push_back(frame(shared, i));
    }
    return stack;
}

std::optional<std::int32_t> line_of(const StackFrame& frame)
{
    return std::get<PythonFrame>(frame).position.line;
}

std::size_t written_size(const Snapshot& snapshot)
{
    std::ostringstream out;
    write_json(Report{.snapshot = snapshot, .status = Status::partial}, out);
    return out.str().size();
}

void fit(Snapshot& snapshot, std::uint64_t most)
{
    Report report{.snapshot = std::move(snapshot), .status = Status::partial};
    fit_to_size(report, most);
    snapshot = std::move(report.snapshot);
}

TEST_CASE("a report that fits is left alone", "[report]")
{
    Snapshot snapshot = SnapshotBuilder().thread(1, "MainThread", stack_of(100)).edit();
    fit(snapshot, 1 << 20);
    CHECK(snapshot.threads[0].stack.size() == 100);
    CHECK(snapshot.limits.empty());
}

TEST_CASE("the lines of source count", "[report]")
{
    auto stack = stack_of(100);
    const auto line =
        std::make_shared<const SourceLine>(SourceLine{.text = std::string(10'000, '\"')});
    for (PythonFrame& frame : stack) {
        frame.source = line;
    }
    Snapshot snapshot = SnapshotBuilder().thread(1, "MainThread", stack).edit();
    fit(snapshot, 200'000);
    CHECK(snapshot.threads[0].omitted);
    CHECK(written_size(snapshot) <= 200'000);
}

TEST_CASE("a long stack keeps its innermost and outermost frames", "[report]")
{
    Snapshot snapshot = SnapshotBuilder().thread(1, "MainThread", stack_of(10'000)).edit();
    fit(snapshot, 200'000);

    const Thread& thread = snapshot.threads[0];
    REQUIRE(thread.omitted);
    CHECK(line_of(thread.stack.front()) == 0);
    CHECK(line_of(thread.stack.back()) == 9'999);
    CHECK(line_of(thread.stack[thread.omitted->before - 1]) ==
          static_cast<std::int32_t>(thread.omitted->before) - 1);
    CHECK(thread.stack.size() + thread.omitted->count == 10'000);
    CHECK_FALSE(thread.stack_complete);
    CHECK(written_size(snapshot) <= 200'000);
    CHECK(written_size(snapshot) > 100'000);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].limit == "max-report-bytes");
}

TEST_CASE("short stacks stay whole beside a long one", "[report]")
{
    Snapshot snapshot = SnapshotBuilder()
                            .thread(1, "long", stack_of(10'000))
                            .thread(2, "short", stack_of(20))
                            .edit();
    fit(snapshot, 100'000);
    CHECK(snapshot.threads[0].omitted);
    CHECK(snapshot.threads[1].stack.size() == 20);
    CHECK(written_size(snapshot) <= 100'000);
}

TEST_CASE("a hole that an earlier limit left grows instead of becoming two", "[report]")
{
    Snapshot snapshot = SnapshotBuilder().thread(1, "MainThread", stack_of(10'000)).edit();
    snapshot.threads[0].omitted = OmittedFrames{.before = 10, .count = 500};
    fit(snapshot, 200'000);

    const Thread& thread = snapshot.threads[0];
    CHECK(thread.omitted->before == 10);
    CHECK(thread.stack.size() + thread.omitted->count == 10'500);
    CHECK(written_size(snapshot) <= 200'000);
}

TEST_CASE("variables go before frames do, those of the first thread last", "[report]")
{
    std::vector<PythonFrame> stack = stack_of(20);
    for (PythonFrame& frame : stack) {
        frame = test::with_local(frame, "line", std::string(2'000, '"'));
    }
    Snapshot snapshot =
        SnapshotBuilder().thread(1, "MainThread", stack).thread(2, "other", stack).edit();
    fit(snapshot, 120'000);

    const auto variables = [&](std::size_t thread) {
        return std::get<PythonFrame>(snapshot.threads[thread].stack[0]).variables;
    };
    CHECK(variables(0));
    CHECK_FALSE(variables(1));
    CHECK(snapshot.threads[1].stack.size() == 20);
    CHECK(written_size(snapshot) <= 120'000);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].where == "variables of 1 threads");
}

TEST_CASE("modules go before threads do", "[report]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", stack_of(3));
    ModuleDescription module;
    module.path = std::string(4'000, 'm');
    builder.edit().modules.assign(100, module);
    Snapshot snapshot = builder.edit();
    fit(snapshot, 20'000);
    CHECK_FALSE(snapshot.list_modules);
    CHECK(snapshot.threads[0].stack.size() == 3);
    CHECK(written_size(snapshot) <= 20'000);
}

TEST_CASE("too many threads are cut from the end", "[report]")
{
    SnapshotBuilder builder;
    for (int tid = 1; tid <= 2'000; ++tid) {
        builder.native_thread(tid);
    }
    Snapshot snapshot = builder.edit();
    fit(snapshot, 200'000);
    REQUIRE(snapshot.threads.size() > 50);
    CHECK(snapshot.threads.front().tid == 1);
    CHECK(written_size(snapshot) <= 200'000);
    REQUIRE_FALSE(snapshot.limits.empty());
    CHECK_THAT(snapshot.limits[0].where, test::contains("threads left out"));
}

TEST_CASE("a size that nothing fits in leaves the first thread without frames", "[report]")
{
    Snapshot snapshot =
        SnapshotBuilder().thread(1, "a", stack_of(5)).thread(2, "b", stack_of(5)).edit();
    fit(snapshot, 0);
    REQUIRE(snapshot.threads.size() == 1);
    CHECK(snapshot.threads[0].stack.empty());
    CHECK(snapshot.threads[0].omitted->count == 5);
}

TEST_CASE("exceptions go before threads do, the crashed thread's last", "[report]")
{
    SnapshotBuilder builder;
    for (int tid = 1; tid <= 3; ++tid) {
        builder.thread(tid, "worker", stack_of(1));
        Exception exception;
        exception.type = "ValueError";
        exception.message = std::string(10'000, 'x');
        builder.edit().threads.back().exception = std::move(exception);
    }
    builder.edit().threads.front().crashed = true;
    Snapshot snapshot = builder.edit();
    fit(snapshot, 20'000);
    REQUIRE(snapshot.threads.size() == 3);
    CHECK(snapshot.threads[0].exception);
    CHECK(!snapshot.threads[1].exception);
    CHECK(written_size(snapshot) <= 20'000);
    fit(snapshot, 8'000);
    CHECK(snapshot.threads.size() == 3);
    CHECK(!snapshot.threads[0].exception);
}

TEST_CASE("of thousands of deadlocks those stay that a person reads", "[report]")
{
    Report report{.snapshot = SnapshotBuilder().thread(1, "MainThread", {}).edit(),
                  .status = Status::partial};
    report.snapshot.resources.resize(1);
    const Deadlock one{.kind = "self", .edges = {{}}, .behind = {}, .summary = "x"};
    report.deadlocks.assign(5'000, one);
    report.deadlocks[0].edges.resize(5'000);
    report.deadlocks[0].behind.resize(5'000);
    fit_to_size(report, 1 << 20);
    CHECK(report.deadlocks.size() == 100);
    CHECK(report.deadlocks[0].edges.size() == 1'000);
    CHECK(report.deadlocks[0].behind.size() == 1'000);
    REQUIRE(report.snapshot.limits.size() == 1);
    CHECK(report.snapshot.limits[0].where == "4901 deadlocks left out, or threads of them");
    std::ostringstream out;
    write_json(report, out);
    CHECK(out.str().size() < 1 << 20);
}

TEST_CASE("threads that are left out are behind no deadlock", "[report]")
{
    Report report{.snapshot = {}, .status = Status::partial};
    for (int i = 0; i < 1'000; ++i) {
        Thread thread;
        thread.tid = i;
        report.snapshot.threads.push_back(thread);
    }
    report.snapshot.interpreters.resize(1);
    report.snapshot.interpreters[0].gil = Gil{.waiters = {0, 999}};
    report.deadlocks.push_back(Deadlock{.behind = {0, 999}});
    fit_to_size(report, 30'000);
    REQUIRE(report.snapshot.threads.size() < 1'000);
    CHECK(report.deadlocks[0].behind == std::vector<std::size_t>{0});
    CHECK(report.snapshot.interpreters[0].gil->waiters == std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace pycore
