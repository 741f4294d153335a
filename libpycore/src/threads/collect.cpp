#include "threads/collect.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/budget.hpp"
#include "crash/read_crash.hpp"
#include "memory/attach_files.hpp"
#include "memory/module.hpp"
#include "privacy/redact_snapshot.hpp"
#include "privacy/secret_filter.hpp"
#include "pycore/address_space.hpp"
#include "threads/add_python_modules.hpp"
#include "threads/attach_sources.hpp"
#include "threads/describe_modules.hpp"
#include "threads/describe_process.hpp"
#include "threads/gap_list.hpp"
#include "threads/join_threads.hpp"
#include "threads/python_process.hpp"
#include "threads/thread_stacks.hpp"
#include "threads/thread_variables.hpp"
#include "waits/attach_waits.hpp"

namespace pycore {
namespace {

/// A cap that opening a core meets, by what it caps.
struct CoreLimit {
    std::string_view label;
    std::string_view option;
    std::uint64_t (*value)(const Limits&) = nullptr;
};

constexpr std::array core_limits{
    CoreLimit{"unpacked core", "max-unpacked-bytes",
              [](const Limits& limits) -> std::uint64_t { return limits.max_unpacked_bytes; }},
    CoreLimit{"notes", "max-note-bytes",
              [](const Limits& limits) -> std::uint64_t { return limits.max_note_bytes; }},
    CoreLimit{"NT_PRSTATUS", "max-threads",
              [](const Limits& limits) -> std::uint64_t { return limits.max_threads; }},
    CoreLimit{"NT_FILE", "max-mapped-files",
              [](const Limits& limits) -> std::uint64_t { return limits.max_mapped_files; }},
    CoreLimit{"program headers", "max-segments",
              [](const Limits& limits) -> std::uint64_t { return limits.max_segments; }},
};

void add_core_limits(const CoreFile& core, const Limits& limits, std::vector<LimitHit>& hits)
{
    for (const CoreProblem& problem : core.problems()) {
        if (problem.fault.code != FaultCode::limit_reached) {
            continue;
        }
        const auto* const limit =
            std::ranges::find(core_limits, problem.fault.what.text(), &CoreLimit::label);
        if (limit != core_limits.end()) {
            hits.push_back({std::string(limit->option), limit->value(limits), "the core file"});
        }
    }
}

void add_core_problems(const CoreFile& core, GapList& gaps)
{
    if (core.truncated()) {
        gaps.add(Gap{.code = "core-truncated",
                     .message = "the core file ends before the data it promises",
                     .address = std::nullopt,
                     .thread = std::nullopt});
    }
    if (core.segments().empty()) {
        gaps.add(Gap{.code = "core-without-memory",
                     .message = "the core holds no memory of the process",
                     .address = std::nullopt,
                     .thread = std::nullopt});
    }
    if (core.threads().empty()) {
        gaps.add(Gap{.code = "core-without-threads",
                     .message = "the core holds no registers of any thread",
                     .address = std::nullopt,
                     .thread = std::nullopt});
    }
    for (const CoreProblem& problem : core.problems()) {
        gaps.add("core-damaged", problem.message, problem.fault);
    }
}

void mark_interpreters(const std::vector<Interpreter>& interpreters,
                       std::vector<ModuleDescription>& modules)
{
    std::set<Address> runtimes;  // thousands of interpreters may share one
    for (const Interpreter& interpreter : interpreters) {
        runtimes.insert(interpreter.runtime);
    }
    for (ModuleDescription& module : modules) {
        const auto runtime = runtimes.lower_bound(module.range.low());
        module.interpreter = runtime != runtimes.end() && module.range.contains(*runtime);
    }
}

/// Kernels name a process after its first thread; what gdb writes in that place is no thread's
/// name.
void name_first_thread(const CoreFile& core, Snapshot& snapshot)
{
    const auto first = std::ranges::find(snapshot.threads, snapshot.process.pid, &Thread::tid);
    if (core.signal() && snapshot.process.pid && first != snapshot.threads.end()) {
        first->name = snapshot.process.command;
    }
}

// What nobody may see who is not allowed to is not even read.
Options allowed(Options options)
{
    if (options.privacy == PrivacyLevel::open) {
        options.locals = Locals::none;
        options.globals = false;
    }
    return options;
}

// The environment is a source of secrets that are found elsewhere, also where it is not listed.
void learn_environment(const ProcessDescription& process, SecretFilter& filter)
{
    for (const EnvironmentVariable& variable : *process.environment) {
        if (filter.is_secret_name(variable.name)) {
            filter.learn('\'' + variable.value + '\'');
        }
    }
}

}  // namespace

Snapshot collect_snapshot(const CoreFile& core, const std::string& path, const Options& wanted)
{
    const Options options = allowed(wanted);
    SecretFilter filter(options.redact);
    GapList gaps(options.limits);
    Budget budget(options.limits, options.cancelled);
    add_core_problems(core, gaps);

    AddressSpace memory(core);
    std::vector<Gap> module_gaps;
    std::vector<Module> modules = read_modules(core, memory, options.limits, module_gaps);
    attach_files(modules, memory, options.files, budget.deadline, module_gaps);
    for (Gap& gap : module_gaps) {
        gaps.add(std::move(gap));
    }

    Snapshot snapshot;
    snapshot.core = describe_core(core, path);
    snapshot.process = describe_process(core, memory, modules, options.limits);
    learn_environment(snapshot.process, filter);
    if (!options.environment) {
        snapshot.process.environment.reset();
    }
    snapshot.modules = describe_modules(modules, memory, options.files, budget.deadline);
    snapshot.list_modules = options.modules;

    PythonProcess python = read_python_process(memory, modules, options.limits, budget, gaps);
    NativeSymbols symbols(memory, modules, options.files, &budget.deadline);
    Unwinder unwinder(core.machine(), memory, modules,
                      [&symbols](std::size_t module) { return symbols.debug_file(module); });
    ThreadStacks stacks =
        build_stacks(join_threads(core, python, options.limits, gaps), core, memory, unwinder,
                     modules, symbols, options, budget, python.limits, gaps);
    for (Gap& gap : symbols.gaps()) {
        gaps.add(std::move(gap));
    }
    snapshot.threads = std::move(stacks.threads);
    attach_sources(snapshot.threads, memory, python, options, budget, python.limits, gaps);
    snapshot.crash = read_crash(
        {.core = core,
         .memory = memory,
         .modules = modules,
         .unwinder = unwinder,
         .symbols = symbols,
         .layout = python.layouts.empty() ? nullptr : python.layouts.front().get(),
         .interpreter =
             python.interpreters.empty() ? Address{} : python.interpreters.front().address,
         .limits = options.limits,
         .deadline = budget.deadline},
        stacks.crashed);
    attach_waits({.memory = memory,
                  .machine = core.machine(),
                  .modules = modules,
                  .threads = snapshot.threads,
                  .contexts = stacks.contexts,
                  .interpreters = python.interpreters,
                  .layouts = python.layouts,
                  .privacy = options.privacy,
                  .limits = options.limits,
                  .budget = budget},
                 snapshot, python.interpreters);
    read_variables(snapshot.threads, python, memory, options, budget, filter, python.limits);
    mark_interpreters(python.interpreters, snapshot.modules);
    add_python_modules(python, memory, modules, options, budget.deadline);
    name_first_thread(core, snapshot);
    snapshot.interpreters = std::move(python.interpreters);
    snapshot.limits = std::move(python.limits);
    add_core_limits(core, options.limits, snapshot.limits);
    if (budget.deadline.has_passed()) {
        snapshot.limits.push_back({"time-limit",
                                   static_cast<std::uint64_t>(options.limits.max_time.count()),
                                   "the analysis: what comes last is missing"});
    }
    snapshot.python_found = python.found;
    snapshot.python_supported = python.supported;
    gaps.move_to(snapshot);
    redact_snapshot(snapshot, filter, options.privacy);
    return snapshot;
}

}  // namespace pycore
