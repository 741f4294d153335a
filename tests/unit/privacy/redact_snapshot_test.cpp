#include "privacy/redact_snapshot.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;

// No JSON of ours holds it by chance.
const std::string canary = "Canary-4711-XYZ";

/// A process that has the canary in every text.
Snapshot full_of_secrets()
{
    PythonFrame job =
        test::with_local(frame(code("app.py", "work"), 12), "line", "'" + canary + "'");
    job.source = std::make_shared<const SourceLine>(
        SourceLine{.text = "call('" + canary + "')", .from_process = true});
    test::SnapshotBuilder builder;
    builder.thread(4711, "worker for " + canary, {job}).segfault_at_null();
    Snapshot& snapshot = builder.edit();
    snapshot.process.command_line = {"app", "--password", canary, "--note=" + canary};
    snapshot.process.environment = {{.name = "API_TOKEN", .value = canary},
                                    {.name = "NOTE", .value = "see " + canary}};
    snapshot.crash->abort_message = "gave up on " + canary;
    snapshot.crash->exception = NativeException{.type = "error", .message = canary};
    auto cause = std::make_shared<Exception>();
    cause->message = canary;
    Exception exception;
    exception.message = "no " + canary;
    exception.notes = {canary};
    exception.cause = cause;
    exception.syntax = std::make_shared<const SyntaxErrorPlace>(
        SyntaxErrorPlace{.message = canary, .text = "x = '" + canary + "'"});
    exception.exceptions.push_back(*cause);
    snapshot.threads[0].exception = exception;
    snapshot.threads[0].handled.push_back(exception);
    Owner owner;
    owner.where = owner.evidence = "in " + canary;
    owner.thread = 0;
    Resource resource;
    resource.name = resource.description = resource.type = "locks['" + canary + "']";
    resource.owners.push_back(owner);
    snapshot.resources.push_back(resource);
    snapshot.threads[0].wait = Wait{.where = owner.where, .evidence = owner.evidence};
    snapshot.threads[0].system_call = SystemCall{.name = "read", .path = "/home/" + canary};
    snapshot.gaps.push_back({.code = "odd", .message = "odd " + canary});
    return snapshot;
}

std::string written(const Snapshot& snapshot)
{
    std::ostringstream out;
    write_json(make_report(snapshot), out);
    return out.str();
}

TEST_CASE("a secret known from one place is in no text of the report", "[privacy]")
{
    Snapshot snapshot = full_of_secrets();
    REQUIRE(written(snapshot).find(canary) != std::string::npos);
    SecretFilter filter;
    redact_snapshot(snapshot, filter, PrivacyLevel::local);

    CHECK(written(snapshot).find(canary) == std::string::npos);
    CHECK(snapshot.process.command_line[2] == "<redacted>");
    CHECK(snapshot.process.command_line[3] == "--note=<redacted>");
    CHECK(snapshot.threads[0].exception->message == "no <redacted>");
    CHECK(snapshot.threads[0].exception->cause->message == "<redacted>");
    CHECK(std::get<PythonFrame>(snapshot.threads[0].stack[0]).variables->locals[0].value.redacted);
    CHECK_FALSE(snapshot.privacy.redactions.empty());
}

TEST_CASE("a public report has no messages, no environment and no lines from memory", "[privacy]")
{
    Snapshot snapshot = full_of_secrets();
    SecretFilter filter;
    redact_snapshot(snapshot, filter, PrivacyLevel::open);

    CHECK(snapshot.threads[0].exception->message == "<redacted>");
    CHECK(snapshot.threads[0].exception->notes.empty());
    CHECK(snapshot.crash->exception->message == "<redacted>");
    CHECK(snapshot.process.environment->at(1).value == "<redacted>");
    CHECK_FALSE(std::get<PythonFrame>(snapshot.threads[0].stack[0]).source);
    CHECK(written(snapshot).find("\"level\": \"public\"") != std::string::npos);
}

TEST_CASE("what holds no secret stays, and is still shared", "[privacy]")
{
    test::SnapshotBuilder builder;
    const PythonFrame job = test::with_local(frame(code("app.py", "work"), 12), "line", "'plain'");
    builder.thread(1, "MainThread", {job, job});
    Snapshot snapshot = builder.edit();
    SecretFilter filter;
    redact_snapshot(snapshot, filter, PrivacyLevel::local);

    CHECK(std::get<PythonFrame>(snapshot.threads[0].stack[0]).variables == job.variables);
    CHECK(snapshot.privacy.redactions.empty());
}

}  // namespace
}  // namespace pycore
