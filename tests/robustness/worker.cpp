#include "worker.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <exception>
#include <string>

#include "broken_core.hpp"

namespace pycore::robustness {
namespace {

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

// What a report may cost. The sanitizer makes everything slower.
constexpr std::uint64_t most_us = sanitized ? 10'000'000 : 2'000'000;

// A count taken from the core and allocated unchecked fails here instead of being paged in. The
// sanitizer reserves terabytes and has a limit of its own (ASAN_OPTIONS, in CMakeLists.txt).
void cap_memory()
{
    if (!sanitized) {
        constexpr rlimit cap{.rlim_cur = 512U << 20, .rlim_max = 512U << 20};
        setrlimit(RLIMIT_AS, &cap);
    }
    constexpr rlimit no_cores{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_CORE, &no_cores);
}

std::uint64_t cpu_us()
{
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<std::uint64_t>(spent.tv_sec) * 1'000'000 +
           static_cast<std::uint64_t>(spent.tv_nsec) / 1'000;
}

// What is still buffered would be printed by both sides of a fork.
void flush_output()
{
    static_cast<void>(std::fflush(stdout));
}

void try_case(BrokenCore& core, const Case& broken, std::size_t number, Progress& progress)
{
    const std::uint64_t start = cpu_us();
    core.apply(broken);
    Verdict verdict = check_case(core.path(), broken.kind == Case::Kind::cut);
    core.undo(broken);
    const std::uint64_t us = cpu_us() - start;
    if (us > progress.slowest_us) {
        progress.slowest_us = us;
        progress.slowest_case = number;
    }
    if (us > most_us && verdict.outcome != Outcome::wrong) {
        verdict = {.outcome = Outcome::wrong, .complaint = "took too long"};
    }
    ++progress.outcomes.at(static_cast<std::size_t>(verdict.outcome));
    if (verdict.outcome == Outcome::wrong) {
        std::printf("case %zu, %s: %s\n", number, describe(broken).c_str(),
                    verdict.complaint.c_str());
        flush_output();
    }
}

}  // namespace

pid_t start_worker(std::span<const std::byte> pristine,
                   std::span<const Case> cases,
                   std::size_t first,
                   std::size_t step,
                   Progress& progress)
{
    flush_output();
    progress.current = first;
    const pid_t child = fork();
    if (child != 0) {
        return child;
    }
    cap_memory();
    // An exception that leaves the library is a finding like a crash: terminate() ends the child.
    [&]() noexcept {
        BrokenCore core(pristine);
        for (std::size_t number = first; number < cases.size(); number += step) {
            progress.current = number;
            try_case(core, cases[number], number, progress);
        }
    }();
    _exit(0);
}

}  // namespace pycore::robustness
