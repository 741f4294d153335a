#include "report/cut_deadlocks.hpp"

#include <algorithm>

namespace pycore {

void cut_deadlocks(Report& report, std::uint64_t most)
{
    constexpr std::size_t most_deadlocks = 100;
    constexpr std::size_t most_edges = 1'000;
    std::size_t cut = report.deadlocks.size() - std::min(report.deadlocks.size(), most_deadlocks);
    report.deadlocks.resize(report.deadlocks.size() - cut);
    for (Deadlock& deadlock : report.deadlocks) {
        if (std::max(deadlock.edges.size(), deadlock.behind.size()) > most_edges) {
            deadlock.edges.resize(std::min(deadlock.edges.size(), most_edges));
            deadlock.behind.resize(std::min(deadlock.behind.size(), most_edges));
            ++cut;
        }
    }
    if (cut != 0) {
        report.snapshot.limits.push_back(
            LimitHit{.limit = "max-report-bytes",
                     .value = most,
                     .where = std::to_string(cut) + " deadlocks left out, or threads of them"});
    }
}

void forget_left_out_threads(Report& report)
{
    const auto is_gone = [&](std::size_t thread) {
        return thread >= report.snapshot.threads.size();
    };
    for (Interpreter& interpreter : report.snapshot.interpreters) {
        if (interpreter.gil) {
            std::erase_if(interpreter.gil->waiters, is_gone);
        }
    }
    for (Deadlock& deadlock : report.deadlocks) {
        std::erase_if(deadlock.behind, is_gone);
    }
}

}  // namespace pycore
