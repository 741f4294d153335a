#include "threads/thread_stacks.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "frames/merge_stacks.hpp"
#include "unwind/signal_frame.hpp"

namespace pycore {
namespace {

/// What the stacks of all threads have in common to say, once: without a module's file it is the
/// same for each of five hundred threads.
class StackRemarks {
public:
    void note(const Thread& thread, const NativeStack& native)
    {
        if (native.stop != StackStop::finished) {
            stops_[native.stop].push_back(name_of_thread(thread));
        }
    }

    void note_unplaced(const Thread& thread) { unplaced_.push_back(name_of_thread(thread)); }

    void move_to(GapList& gaps)
    {
        for (const auto& [stop, threads] : stops_) {
            add(gaps, "native-stack-incomplete",
                std::string("the native stack ends early (") + std::string(name_of(stop)) + ")",
                threads);
        }
        if (!unplaced_.empty()) {
            add(gaps, "python-frames-unplaced",
                "the C frames that run some Python frames were not found: these stand by their "
                "address among native frames that are guessed",
                unplaced_);
        }
    }

private:
    static void add(GapList& gaps,
                    const char* code,
                    const std::string& message,
                    const std::vector<std::string>& threads)
    {
        constexpr std::size_t most_named = 5;
        std::string where;
        for (const std::string& thread :
             std::span(threads).first(std::min(threads.size(), most_named))) {
            where += (where.empty() ? ": " : ", ") + thread;
        }
        if (threads.size() > most_named) {
            where += " and " + std::to_string(threads.size() - most_named) + " more";
        }
        gaps.add(Gap{.code = code,
                     .message = message + where,
                     .address = std::nullopt,
                     .thread = std::nullopt});
    }

    std::map<StackStop, std::vector<std::string>> stops_;
    std::vector<std::string> unplaced_;
};

class StackMerger {
public:
    StackMerger(Unwinder& unwinder,
                NativeCalls& calls,
                const Limits& limits,
                Budget& budget,
                std::vector<LimitHit>& hits)
        : unwinder_(unwinder), calls_(calls), limits_(limits), budget_(budget), hits_(hits)
    {
    }

    /// Returns the physical frames.
    NativeStack finish(JoinedThread& joined)
    {
        Thread& thread = joined.thread;
        NativeStack native;
        if (thread.registers) {
            native = unwind(*thread.registers);
            remarks_.note(thread, native);
        }
        MergedStack merged = merge_stacks(native, std::move(joined.segments), calls_,
                                          thread.crashed, limits_.max_frames);
        thread.stack = std::move(merged.frames);
        thread.omitted = merged.omitted;
        if (!joined.cut && (native.omitted != 0 || merged.cut)) {
            hits_.push_back({"max-frames", limits_.max_frames, name_of_thread(thread)});
        }
        if (merged.unplaced != 0) {
            remarks_.note_unplaced(thread);
        }
        const bool whole = native.stop == StackStop::finished && !merged.omitted;
        thread.stack_complete = thread.stack_complete && whole;
        return native;
    }

    void note_remarks(GapList& gaps) { remarks_.move_to(gaps); }

private:
    NativeStack unwind(const ThreadRegisters& registers)
    {
        Limits limits = limits_;
        limits.max_frames = std::min(limits.max_frames, budget_.native_frames);
        if (budget_.native_frames == 0) {
            return {.stop = StackStop::limit};
        }
        NativeStack native = unwinder_.unwind(registers, limits, budget_.deadline);
        budget_.native_frames -= std::min(budget_.native_frames, native.frames.size());
        if (budget_.native_frames == 0) {
            hits_.push_back({"max-total-frames",
                             std::min(limits_.max_total_frames, Budget::most_native_frames),
                             "native frames of all threads"});
        }
        return native;
    }

    Unwinder& unwinder_;
    NativeCalls& calls_;
    const Limits& limits_;
    Budget& budget_;
    std::vector<LimitHit>& hits_;
    StackRemarks remarks_;
};

/// What the thread did before any handler of a signal ran.
ThreadContext context_of(JoinedThread& joined,
                         const NativeStack& native,
                         const AddressSpace& memory,
                         Machine machine)
{
    ThreadContext context{.registers = joined.thread.registers, .states = std::move(joined.states)};
    for (const NativeFrame& frame : native.frames) {
        if (!frame.signal_frame || !frame.ucontext) {
            continue;
        }
        auto registers = read_interrupted_thread(memory, machine, frame);
        if (registers && joined.thread.registers) {
            registers->tid = joined.thread.registers->tid;
            registers->thread_pointer = joined.thread.registers->thread_pointer;
            context.registers = *registers;
            context.interrupted = true;
        }
    }
    return context;
}

}  // namespace

ThreadStacks build_stacks(std::vector<JoinedThread> joined,
                          const CoreFile& core,
                          const AddressSpace& memory,
                          Unwinder& unwinder,
                          std::span<const Module> modules,
                          NativeSymbols& symbols,
                          const Options& options,
                          Budget& budget,
                          std::vector<LimitHit>& hits,
                          GapList& gaps)
{
    NativeLines lines(modules, symbols);
    NativeCalls calls(modules, symbols, options.lines ? &lines : nullptr, budget.deadline);
    StackMerger merger(unwinder, calls, options.limits, budget, hits);
    ThreadStacks stacks;
    stacks.threads.reserve(joined.size());
    stacks.contexts.reserve(joined.size());
    for (JoinedThread& entry : joined) {
        NativeStack native = merger.finish(entry);
        stacks.contexts.push_back(context_of(entry, native, memory, core.machine()));
        if (entry.thread.crashed) {
            stacks.crashed = std::move(native);
        }
        stacks.threads.push_back(std::move(entry.thread));
    }
    merger.note_remarks(gaps);
    return stacks;
}

}  // namespace pycore
