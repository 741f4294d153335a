#include "analysis/recursion.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace pycore {
namespace {

constexpr std::size_t max_period = 32;
constexpr std::size_t max_start = 64;  // the innermost frames may be what overflowed, once

/// Frames of one function have one number: lines may differ from round to round. Names may be long
/// and are compared often.
class FunctionNumbers {
public:
    std::size_t number_of(const StackFrame& frame)
    {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            return number(codes_, python->code.get());
        }
        const NativePlace& place = *std::get<NativeCall>(frame).place;
        const std::size_t module = place.module.value_or(SIZE_MAX);
        return place.function.empty()
                   ? number(offsets_, std::pair(module, place.module_offset))
                   : number(names_, std::pair(module, std::string_view(place.function)));
    }

private:
    template <class Map, class Key>
    std::size_t number(Map& map, const Key& key)
    {
        const auto [entry, added] = map.emplace(key, next_);
        next_ += std::size_t{added};
        return entry->second;
    }

    std::map<const PythonCode*, std::size_t> codes_;
    std::map<std::pair<std::size_t, std::string_view>, std::size_t> names_;
    std::map<std::pair<std::size_t, std::uint64_t>, std::size_t> offsets_;
    std::size_t next_ = 0;
};

std::size_t rounds_of(std::span<const std::size_t> functions, std::size_t period)
{
    std::size_t same = 0;
    while (same + period < functions.size() && functions[same] == functions[same + period]) {
        ++same;
    }
    return same / period + 1;
}

}  // namespace

Recursion find_recursion(std::span<const StackFrame> stack)
{
    FunctionNumbers numbers;
    std::vector<std::size_t> functions;
    functions.reserve(stack.size());
    for (const StackFrame& frame : stack) {
        functions.push_back(numbers.number_of(frame));
    }
    const std::span all(std::as_const(functions));
    Recursion best;
    for (std::size_t first = 0; first < std::min(max_start, stack.size()); ++first) {
        for (std::size_t period = 1; period <= max_period; ++period) {
            const std::size_t rounds = rounds_of(all.subspan(first), period);
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
