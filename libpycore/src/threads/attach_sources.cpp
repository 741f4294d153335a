#include "threads/attach_sources.hpp"

#include <deque>

#include "sources/source_finder.hpp"

namespace pycore {
namespace {

// Each has its own `linecache`; those of more would hold the same files again.
constexpr std::size_t most_caches = 16;

/// Shows every code object of a thread to the finder.
class SourceCheck {
public:
    explicit SourceCheck(SourceFinder& finder) : finder_(finder) {}

    void visit(const Thread& thread)
    {
        for (const StackFrame& frame : thread.stack) {
            if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
                finder_.check(python->code);
            }
        }
        if (thread.exception) {
            visit(*thread.exception);
        }
        visit_all(thread.handled);
    }

private:
    void visit_all(const std::vector<Exception>& exceptions)
    {
        for (const Exception& exception : exceptions) {
            visit(exception);
        }
    }

    // No deeper than exceptions are read.
    void visit(const Exception& exception)
    {
        for (const TracebackEntry& entry : exception.traceback) {
            finder_.check(entry.code);
        }
        visit_all(exception.exceptions);
        for (const auto& other : {exception.cause, exception.context}) {
            if (other) {
                visit(*other);
            }
        }
    }

    SourceFinder& finder_;
};

/// Gives all that it shows of a thread its line.
class SourceFill {
public:
    explicit SourceFill(SourceFinder& finder) : finder_(finder) {}

    void visit(Thread& thread)
    {
        for (StackFrame& frame : thread.stack) {
            if (auto* const python = std::get_if<PythonFrame>(&frame)) {
                python->source = finder_.find(python->code, python->position);
            }
        }
        if (thread.exception) {
            visit(*thread.exception);
        }
        visit_all(thread.handled);
    }

private:
    void visit_all(std::vector<Exception>& exceptions)
    {
        for (Exception& exception : exceptions) {
            visit(exception);
        }
    }

    void visit(Exception& exception)
    {
        for (TracebackEntry& entry : exception.traceback) {
            entry.source = finder_.find(entry.code, entry.position);
        }
        visit_all(exception.exceptions);
        replace(exception.cause);
        replace(exception.context);
    }

    /// What is shared is not changed.
    void replace(std::shared_ptr<const Exception>& shared)
    {
        if (shared) {
            auto own = std::make_shared<Exception>(*shared);
            visit(*own);
            shared = std::move(own);
        }
    }

    SourceFinder& finder_;
};

std::deque<LineCache> read_line_caches(const Memory& memory,
                                       const PythonProcess& python,
                                       const Limits& limits,
                                       Deadline& deadline)
{
    std::deque<LineCache> caches;
    // The main interpreter is the last one of its runtime.
    for (std::size_t i = python.interpreters.size(); i-- > 0 && caches.size() < most_caches;) {
        caches.emplace_back(memory, *python.layouts[i], python.interpreters[i].address, limits,
                            deadline);
    }
    return caches;
}

}  // namespace

void attach_sources(std::span<Thread> threads,
                    const Memory& memory,
                    const PythonProcess& python,
                    const Options& options,
                    Budget& budget,
                    std::vector<LimitHit>& hits,
                    GapList& gaps)
{
    const auto caches = read_line_caches(memory, python, options.limits, budget.deadline);
    SourceFinder finder(options.files, options.limits, budget.deadline);
    for (const LineCache& cache : caches) {
        finder.add(cache);
    }
    std::ranges::for_each(threads,
                          [&finder](const Thread& thread) { SourceCheck(finder).visit(thread); });
    std::ranges::for_each(threads, [&finder](Thread& thread) { SourceFill(finder).visit(thread); });
    for (const Gap& gap : finder.gaps()) {
        gaps.add(gap);
    }
    if (finder.cut()) {
        hits.push_back({"max-source-bytes", options.limits.max_source_bytes, "source files"});
    }
}

}  // namespace pycore
