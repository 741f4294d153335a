#include "threads/attach_sources.hpp"

#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/print.hpp"
#include "support/snapshot_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

std::shared_ptr<const PythonCode> defined(const std::filesystem::path& file,
                                          const std::string& name,
                                          std::int32_t first_line)
{
    PythonCode made = *code(file.string(), name);
    made.first_line = first_line;
    return std::make_shared<const PythonCode>(made);
}

std::string source_of(const TracebackEntry& entry)
{
    return entry.source ? entry.source->text : "";
}

/// What `attach_sources` says is missing.
std::vector<Gap> attach(std::vector<Thread>& threads)
{
    const Options options;
    Budget budget(options.limits);
    GapList gaps(options.limits);
    std::vector<LimitHit> hits;
    attach_sources(threads, FakeMemory(), PythonProcess(), options, budget, hits, gaps);
    CHECK(hits.empty());
    Snapshot snapshot;
    gaps.move_to(snapshot);
    return snapshot.gaps;
}

TEST_CASE("frames and tracebacks get their lines", "[threads]")
{
    const TemporaryFolder folder;
    const auto file = folder.write("app.py", std::string_view("def f():\n    raise A\nf()\n"));
    const auto f = defined(file, "f", 1);
    const SourcePosition second{.line = 2, .end_line = 2};
    const Exception inner{.traceback = {{.code = f, .position = second}}};
    std::vector<Thread> threads(1);
    PythonFrame frame{.code = f, .position = second};
    threads[0].stack = {frame};
    threads[0].exception =
        Exception{.traceback = {{.code = defined(file, "<module>", 1), .position = {.line = 3}}},
                  .cause = std::make_shared<const Exception>(inner),
                  .context = std::make_shared<const Exception>(inner),
                  .exceptions = {inner}};
    threads[0].handled = {inner};

    CHECK(attach(threads).empty());

    CHECK(std::get<PythonFrame>(threads[0].stack[0]).source->text == "    raise A");
    const Exception& exception = *threads[0].exception;
    CHECK(source_of(exception.traceback[0]) == "f()");
    for (const Exception& other :
         {*exception.cause, *exception.context, exception.exceptions[0], threads[0].handled[0]}) {
        CHECK(source_of(other.traceback[0]) == "    raise A");
    }
}

TEST_CASE("what any thread finds out of a file counts for all", "[threads]")
{
    const TemporaryFolder folder;
    const auto file =
        folder.write("app.py", std::string_view("# new\ndef f():\n    raise A\nf()\n"));
    std::vector<Thread> threads(2);
    threads[0].stack = {PythonFrame{.code = defined(file, "<module>", 1), .position = {.line = 3}}};
    threads[1].exception =
        Exception{.traceback = {{.code = defined(file, "f", 1), .position = {.line = 2}}}};
    const auto gaps = attach(threads);
    CHECK(std::get<PythonFrame>(threads[0].stack[0]).source == nullptr);
    CHECK(source_of(threads[1].exception->traceback[0]).empty());
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].code == "source-differs");
}

}  // namespace
}  // namespace pycore::test
