#include "threads/thread_variables.hpp"

#include <map>
#include <memory>
#include <utility>

#include "values/frame_variables.hpp"
#include "values/value_printer.hpp"

namespace pycore {
namespace {

constexpr std::uint32_t flag_optimized = 1;  // of `co_flags`: names are in slots, not in a dict

/// What prints the values of one interpreter.
struct InterpreterValues {
    ValuePrinter printer;
    VariableReader reader;

    InterpreterValues(const Memory& memory,
                      const Layout& layout,
                      Address interpreter,
                      const Limits& limits,
                      Budget& budget,
                      SecretFilter& filter)
        : printer(memory, layout, interpreter, limits, budget, &filter),
          reader(memory, layout, printer, limits, budget, filter)
    {
    }
};

class ThreadVariables {
public:
    ThreadVariables(const PythonProcess& python,
                    const Memory& memory,
                    const Options& options,
                    Budget& budget,
                    SecretFilter& filter)
        : python_(python), memory_(memory), options_(options), budget_(budget), filter_(filter)
    {
    }

    void fill(Thread& thread)
    {
        bool globals = options_.globals;
        for (StackFrame& frame : thread.stack) {
            auto* const python = std::get_if<PythonFrame>(&frame);
            if (python == nullptr || !python->code->address) {
                continue;
            }
            if (InterpreterValues* const values = find(python->interpreter)) {
                fill(*python, values->reader, std::exchange(globals, false));
            }
        }
    }

private:
    void fill(PythonFrame& frame, VariableReader& reader, bool globals)
    {
        const FramePlace place{.frame = frame.address, .code = frame.code->address};
        FrameVariables variables = reader.read_locals(place);
        if (options_.globals && (frame.code->flags & flag_optimized) == 0) {
            reader.add_namespace(place, variables);
        }
        if (globals) {
            reader.add_globals(place, variables);
        }
        frame.variables = std::make_shared<const FrameVariables>(std::move(variables));
    }

    InterpreterValues* find(std::size_t interpreter)
    {
        // Each knows the types of its interpreter; no process is known to have that many.
        constexpr std::size_t most = 64;
        if (const auto known = values_.find(interpreter); known != values_.end()) {
            return known->second.get();
        }
        if (interpreter >= python_.interpreters.size() || values_.size() >= most) {
            return nullptr;
        }
        auto made = std::make_unique<InterpreterValues>(memory_, *python_.layouts[interpreter],
                                                        python_.interpreters[interpreter].address,
                                                        options_.limits, budget_, filter_);
        return values_.emplace(interpreter, std::move(made)).first->second.get();
    }

    const PythonProcess& python_;
    const Memory& memory_;
    const Options& options_;
    Budget& budget_;
    SecretFilter& filter_;
    std::map<std::size_t, std::unique_ptr<InterpreterValues>> values_;
};

}  // namespace

void read_variables(std::vector<Thread>& threads,
                    const PythonProcess& python,
                    const Memory& memory,
                    const Options& options,
                    Budget& budget,
                    SecretFilter& filter,
                    std::vector<LimitHit>& hits)
{
    if (options.locals == Locals::none) {
        return;
    }
    ThreadVariables variables(python, memory, options, budget, filter);
    const Thread* const first = first_thread(threads);
    for (Thread& thread : threads) {
        if (options.locals == Locals::all_threads || &thread == first) {
            variables.fill(thread);
        }
    }
    if (budget.value_bytes == 0) {
        hits.push_back({"max-total-value-bytes", options.limits.max_total_value_bytes,
                        "variables of all threads together"});
    }
}

}  // namespace pycore
