#include "threads/python_process.hpp"

#include <algorithm>
#include <utility>

#include "python/find_runtime.hpp"
#include "python/record.hpp"
#include "threads/identify.hpp"
#include "threads/thread_names.hpp"

namespace pycore {
namespace {

class ProcessReader {
public:
    ProcessReader(const AddressSpace& memory, const Limits& limits, Budget& budget, GapList& gaps)
        : memory_(memory), limits_(limits), budget_(budget), gaps_(gaps)
    {
    }

    PythonProcess read(const RuntimeSearch& search)
    {
        process_.found = !search.found.empty() || !search.unsupported.empty() ||
                         search.python_module.has_value();
        for (const UnsupportedPython& python : search.unsupported) {
            note_unsupported(python);
        }
        for (const RuntimeCandidate& runtime : search.found) {
            if (!budget_.deadline.passed()) {
                read_runtime(runtime);
            }
        }
        if (search.found.empty() && search.unsupported.empty() && search.python_module) {
            gaps_.add(Gap{.code = "python-not-initialised",
                          .message = "no initialised CPython runtime could be found in " +
                                     *search.python_module,
                          .address = std::nullopt,
                          .thread = std::nullopt});
        }
        if (search.scan_cut) {
            process_.limits.push_back(
                {"max-scan-bytes", limits_.max_scan_bytes, "search for the CPython runtime"});
        }
        // Frames and entries of tracebacks, each have as many.
        note_spent(std::min(budget_.frames, budget_.traceback_entries), "max-total-frames",
                   limits_.max_total_frames, "all threads together");
        note_spent(budget_.dict_entries, "max-dict-entries", limits_.max_dict_entries,
                   "names of threads");
        note_spent(budget_.exception_bytes, "max-report-bytes", limits_.max_report_bytes,
                   "exceptions");
        return std::move(process_);
    }

private:
    void note_unsupported(const UnsupportedPython& python)
    {
        const PythonVersion& version = python.version;
        std::string name =
            "CPython " + std::to_string(version.major) + '.' + std::to_string(version.minor);
        name += python.free_threaded ? " (free-threaded)" : "";
        const std::string where = python.path.empty() ? "" : " in " + python.path;
        gaps_.add(Gap{.code = "python-unsupported",
                      .message = name + where + " is not supported: its Python stacks are not read",
                      .address = std::nullopt,
                      .thread = std::nullopt});
    }

    void read_runtime(const RuntimeCandidate& runtime)
    {
        const PythonIdentity identity = identify_python(memory_, runtime, limits_);
        const auto choice =
            choose_layout(std::span(&runtime.set, 1), identity.version, identity.flavour);
        if (!choice) {
            note_unsupported({identity.version, identity.flavour.free_threaded, {}});
            return;
        }
        RefinedLayout refined{.layout = *choice->layout};
        if (choice->set->refine != nullptr) {
            refined = refine(*choice, runtime.at);
        }
        if (choice->extrapolated || !identity.exact) {
            gaps_.add(Gap{.code = "layout-extrapolated",
                          .message = "CPython " + identity.text +
                                     " was not measured; the layout of " +
                                     to_string(choice->layout->measured_to) + " is used",
                          .address = runtime.at,
                          .thread = std::nullopt,
                          .data_lost = false});
        }
        process_.supported = true;
        read_interpreters(runtime.at, identity, refined);
    }

    RefinedLayout refine(const LayoutChoice& choice, Address runtime)
    {
        auto refined = choice.set->refine(*choice.layout, memory_, runtime);
        if (!refined) {
            gaps_.add("debug-offsets-unreadable", "the layout table is used alone",
                      refined.fault());
            return RefinedLayout{.layout = *choice.layout};
        }
        for (const std::string& disagreement : refined->disagreements) {
            gaps_.add(Gap{.code = "debug-offsets-disagree",
                          .message = disagreement,
                          .address = runtime,
                          .thread = std::nullopt});
        }
        return *std::move(refined);
    }

    void read_interpreters(Address runtime,
                           const PythonIdentity& identity,
                           const RefinedLayout& refined)
    {
        const auto walk = walk_interpreters(memory_, refined.layout, runtime, limits_, budget_);
        note_stop(walk.stop, walk.fault, "list of interpreters", "max-interpreters",
                  limits_.max_interpreters);
        // Set as soon as `Py_Finalize` tears modules down; an interpreter's own mark comes later.
        const auto finalizing =
            read_field(memory_, runtime, refined.layout.runtime.finalizing, "runtime");
        const bool ending = finalizing && *finalizing;
        const auto layout = std::make_shared<const Layout>(refined.layout);
        for (const InterpreterState& state : walk.items) {
            process_.interpreters.push_back(Interpreter{
                .id = state.id,
                .version = identity.version,
                .version_text = identity.text,
                .flavour = identity.flavour,
                .layout_source =
                    refined.from_debug_offsets ? LayoutSource::debug_offsets : LayoutSource::table,
                .address = state.at,
                .runtime = runtime,
                .finalizing = state.finalizing || ending,
                .gc_running = state.gc_running,
            });
            process_.layouts.push_back(layout);
            read_thread_states(*layout, state.at);
        }
    }

    void read_thread_states(const Layout& layout, Address interpreter)
    {
        const auto walk = walk_thread_states(memory_, layout, interpreter, budget_);
        note_stop(walk.stop, walk.fault, "list of thread states", "max-threads",
                  limits_.max_threads);
        if (walk.items.empty()) {
            return;
        }
        const auto names = read_thread_names(memory_, layout, interpreter, limits_, budget_);
        CodeCache codes(memory_, layout, limits_, budget_, [this](Address at) {
            const Segment* const segment = memory_.find(at);
            return segment != nullptr && !segment->writable;
        });
        ExceptionReader exceptions(memory_, layout, interpreter, codes, limits_, budget_);
        for (const ThreadState& state : walk.items) {
            ThreadStateStack entry{
                .state = state,
                .interpreter = process_.interpreters.size() - 1,
                .stack = walk_python_stack(memory_, layout, codes, state.at, limits_, budget_),
                .name = std::nullopt,
                .exceptions = {}};
            entry.exceptions = exceptions.read(state.at);
            if (const auto name = names.find(state.thread_id); name != names.end()) {
                entry.name = name->second;
            }
            for (StackSegment& segment : entry.stack.segments) {
                for (PythonFrame& frame : segment.frames) {
                    frame.interpreter = static_cast<std::uint32_t>(entry.interpreter);
                }
            }
            process_.states.push_back(std::move(entry));
        }
    }

    void note_spent(std::uint64_t left, const char* limit, std::uint64_t value, const char* what)
    {
        if (left == 0) {
            process_.limits.push_back({limit, value, what});
        }
    }

    void note_stop(Stop stop,
                   const std::optional<Fault>& fault,
                   const char* what,
                   const char* limit,
                   std::uint64_t value)
    {
        if (fault) {
            gaps_.add("list-cut", what, *fault);
        } else if (stop == Stop::cycle) {
            gaps_.add(Gap{.code = "list-cut",
                          .message = std::string(what) + " runs in a circle",
                          .address = std::nullopt,
                          .thread = std::nullopt});
        } else if (stop == Stop::limit && !budget_.deadline.has_passed()) {
            note_limit({limit, value, what});
        }
    }

    // Thousands of interpreters may hit the same one.
    void note_limit(LimitHit hit)
    {
        if (process_.limits.empty() || process_.limits.back().limit != hit.limit) {
            process_.limits.push_back(std::move(hit));
        }
    }

    const AddressSpace& memory_;
    const Limits& limits_;
    Budget& budget_;
    GapList& gaps_;
    PythonProcess process_;
};

}  // namespace

PythonProcess read_python_process(const AddressSpace& memory,
                                  std::span<const Module> modules,
                                  const Limits& limits,
                                  Budget& budget,
                                  GapList& gaps)
{
    const RuntimeSearch search = find_runtimes(memory, modules, all_layout_sets(), budget);
    return ProcessReader(memory, limits, budget, gaps).read(search);
}

}  // namespace pycore
