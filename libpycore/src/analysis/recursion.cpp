#include "analysis/recursion.hpp"

#include <algorithm>

namespace pycore {
namespace {

constexpr std::size_t max_period = 32;
constexpr std::size_t max_start = 64;  // the innermost frames may be what overflowed, once

/// The same function: its lines may differ from round to round.
bool same_function(const StackFrame& a, const StackFrame& b)
{
    if (a.index() != b.index()) {
        return false;
    }
    if (const auto* const python = std::get_if<PythonFrame>(&a)) {
        return python->code == std::get<PythonFrame>(b).code;
    }
    const NativePlace& x = *std::get<NativeCall>(a).place;
    const NativePlace& y = *std::get<NativeCall>(b).place;
    return x.module == y.module && x.function == y.function &&
           (!x.function.empty() || x.module_offset == y.module_offset);
}

std::size_t rounds_of(std::span<const StackFrame> stack, std::size_t period)
{
    std::size_t same = 0;
    while (same + period < stack.size() && same_function(stack[same], stack[same + period])) {
        ++same;
    }
    return same / period + 1;
}

}  // namespace

Recursion find_recursion(std::span<const StackFrame> stack)
{
    Recursion best;
    for (std::size_t first = 0; first < std::min(max_start, stack.size()); ++first) {
        for (std::size_t period = 1; period <= max_period; ++period) {
            const std::size_t rounds = rounds_of(stack.subspan(first), period);
            if (rounds > 1 && rounds * period > 2 * best.rounds * best.period) {
                best = {.first = first, .period = period, .rounds = rounds};
            }
            if (best.rounds * best.period > stack.size() / 2) {
                return best;
            }
        }
    }
    return best;
}

}  // namespace pycore
