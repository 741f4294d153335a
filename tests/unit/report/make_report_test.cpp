#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::SnapshotBuilder;

TEST_CASE("a lost detail makes a report partial and a remark does not", "[report]")
{
    SnapshotBuilder builder;
    builder.gap("layout-extrapolated", "3.13.99 is newer than any that was measured");
    builder.edit().gaps[0].data_lost = false;
    CHECK(builder.report().status == Status::ok);
    builder.edit().gaps[0].data_lost = true;
    CHECK(builder.report().status == Status::partial);
}

TEST_CASE("a stack without its end makes a report partial", "[report]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {});
    builder.edit().threads[0].stack_complete = false;
    CHECK(builder.report().status == Status::partial);
}

TEST_CASE("a core cut short makes a report partial", "[report]")
{
    SnapshotBuilder builder;
    builder.edit().core.truncated = true;
    CHECK(builder.report().status == Status::partial);
}

TEST_CASE("a process without CPython has an error for a status", "[report]")
{
    CHECK(SnapshotBuilder().without_python().native_thread(1).report().status == Status::error);
}

TEST_CASE("a CPython that cannot be decoded makes a report partial", "[report]")
{
    SnapshotBuilder builder;
    builder.without_python().native_thread(1);
    builder.edit().python_found = true;
    CHECK(builder.report().status == Status::partial);
}

TEST_CASE("warnings over the limit are counted in a last one", "[report]")
{
    SnapshotBuilder builder;
    for (int i = 0; i < 10; ++i) {
        builder.gap("frame-unreadable", std::to_string(i));
    }
    Limits limits;
    limits.max_warnings = 4;
    const Report report = builder.report(limits);
    REQUIRE(report.snapshot.gaps.size() == 5);
    CHECK(report.snapshot.gaps[3].message == "3");
    CHECK(report.snapshot.gaps[4].code == "more-warnings");
    CHECK(report.snapshot.gaps[4].message == "6 more warnings are left out");
    REQUIRE(report.snapshot.limits.size() == 1);
    CHECK(report.snapshot.limits[0].limit == "max-warnings");
}

TEST_CASE("warnings that were dropped before are counted too", "[report]")
{
    SnapshotBuilder builder;
    builder.gap("a", "1");
    builder.edit().gaps_dropped = 7;
    Limits limits;
    limits.max_warnings = 1;
    const Report report = builder.report(limits);
    REQUIRE(report.snapshot.gaps.size() == 2);
    CHECK(report.snapshot.gaps[1].message == "7 more warnings are left out");
}

TEST_CASE("as many warnings as the limit allows are no cut", "[report]")
{
    SnapshotBuilder builder;
    builder.gap("a", "1").gap("a", "2");
    Limits limits;
    limits.max_warnings = 2;
    CHECK(builder.report(limits).snapshot.gaps.size() == 2);
    CHECK(builder.report(limits).snapshot.limits.empty());
}

}  // namespace
}  // namespace pycore
