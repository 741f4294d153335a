#include "threads/attach_sources.hpp"

#include <deque>

#include "sources/source_finder.hpp"

namespace pycore {
namespace {

// Each has its own `linecache`; those of more would hold the same files again.
constexpr std::size_t most_caches = 16;

template <class Visit>
void visit_frames(std::span<Thread> threads, Visit visit)
{
    for (Thread& thread : threads) {
        for (StackFrame& frame : thread.stack) {
            if (auto* const python = std::get_if<PythonFrame>(&frame)) {
                visit(*python);
            }
        }
    }
}

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
    visit_frames(threads, [&finder](PythonFrame& frame) { finder.check(frame.code); });
    visit_frames(threads, [&finder](PythonFrame& frame) {
        frame.source = finder.find(frame.code, frame.position);
    });
    for (const Gap& gap : finder.gaps()) {
        gaps.add(gap);
    }
    if (finder.cut()) {
        hits.push_back({"max-source-bytes", options.limits.max_source_bytes, "source files"});
    }
}

}  // namespace pycore
