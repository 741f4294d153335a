#include "corpus/crash_check.hpp"

#include <algorithm>

#include "pycore/signal.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

bool is_at(const Snapshot& snapshot, const NativeCall& call, const ExpectedCrash& expected)
{
    const NativePlace& place = *call.place;
    const bool same_function =
        !expected.site || place.function.find(*expected.site) != std::string::npos;
    const std::string path = place.module ? snapshot.modules.at(*place.module).path : "";
    const bool same_module = !expected.module || path.find(*expected.module) != std::string::npos;
    return same_function && same_module;
}

/// The frames inside of the first Python frame after those of a handler.
bool has_site(const Snapshot& snapshot, const ExpectedCrash& expected)
{
    const auto& stack = snapshot.threads.front().stack;
    for (const StackFrame& frame : stack) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        if (call == nullptr) {
            break;
        }
        if (is_at(snapshot, *call, expected)) {
            return true;
        }
    }
    return !expected.site && !expected.module;
}

/// A function that only calls one that gives up has no frame of its own, after a tail call.
bool is_named(const std::string& summary, const ExpectedCrash& expected)
{
    return expected.site && summary.find(*expected.site) != std::string::npos;
}

}  // namespace

void check_crash(const Report& report, const ExpectedCrash& expected)
{
    REQUIRE(report.snapshot.crash);
    REQUIRE(report.diagnosis);
    const Crash& crash = *report.snapshot.crash;
    INFO(report.diagnosis->summary);
    CHECK(name_of(report.diagnosis->kind) == expected.kind);
    CHECK(signal_name(crash.signal.number) == expected.signal);
    if (expected.ends_by) {
        REQUIRE(crash.raised_again);
        CHECK(signal_name(crash.raised_again->number) == *expected.ends_by);
    }
    for (const std::string& mention : expected.mentions) {
        CHECK_THAT(report.diagnosis->summary, contains(mention));
    }
    CHECK((has_site(report.snapshot, expected) || is_named(report.diagnosis->summary, expected)));
}

}  // namespace pycore::test
