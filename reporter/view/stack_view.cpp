#include "view/stack_view.hpp"

#include <algorithm>
#include <span>

#include "view/words.hpp"

namespace pycore {
namespace {

using Kind = StackItem::Kind;
using Rows = std::span<const StackRow>;

// As many as traceback.py shows before it says how often the line was repeated. It folds only runs
// of one line; recursion through several functions, as of a property and __getattr__, is as common.
constexpr std::size_t rounds_shown = 3;
constexpr std::size_t max_period = 16;

// How often the first `period` rows come one after the other.
std::size_t rounds_of(Rows rows, std::size_t period)
{
    std::size_t same = 0;
    while (same + period < rows.size() && same_row(rows[same], rows[same + period])) {
        ++same;
    }
    return same / period + 1;
}

struct Repeat {
    std::size_t period = 1;
    std::size_t rounds = 1;
};

// The shortest pattern at the start of `rows` that is worth folding.
Repeat find_repeat(Rows rows)
{
    for (std::size_t period = 1; period <= std::min(max_period, rows.size()); ++period) {
        if (const std::size_t rounds = rounds_of(rows, period); rounds > rounds_shown) {
            return Repeat{.period = period, .rounds = rounds};
        }
    }
    return {};
}

StackItem item_of(const StackRow& row)
{
    return row.frame != nullptr ? StackItem{.kind = Kind::frame, .frame = row.frame}
                                : StackItem{.kind = Kind::interpreter, .count = row.folded};
}

void add_rows(std::vector<StackItem>& into, Rows rows)
{
    while (!rows.empty()) {
        const Repeat repeat = find_repeat(rows);
        const std::size_t shown = repeat.period * std::min(repeat.rounds, rounds_shown);
        for (const StackRow& row : rows.first(shown)) {
            into.push_back(item_of(row));
        }
        if (repeat.rounds > rounds_shown) {
            into.push_back({.kind = Kind::repeat,
                            .count = repeat.rounds - rounds_shown,
                            .period = repeat.period});
        }
        rows = rows.subspan(repeat.period * repeat.rounds);
    }
}

}  // namespace

std::vector<StackItem> stack_items(const Thread& thread, const StackFolder* folder)
{
    std::vector<StackItem> items;
    const auto add_between = [&](std::size_t first, std::size_t last) {
        add_rows(items, folder == nullptr ? unfolded_rows(thread, first, last)
                                          : folder->rows(thread, first, last));
    };
    const std::size_t size = thread.stack.size();
    const std::size_t hole = thread.omitted ? std::min(thread.omitted->before, size) : size;
    add_between(0, hole);
    if (thread.omitted) {
        items.push_back({.kind = Kind::omitted, .count = thread.omitted->count});
    }
    add_between(hole, size);
    if (!thread.stack_complete && !thread.omitted) {
        items.push_back({.kind = Kind::incomplete});
    }
    return items;
}

std::string words_of(const StackItem& item)
{
    switch (item.kind) {
    case Kind::interpreter: return counted(item.count, "interpreter frame");
    case Kind::repeat:
        return "Previous " +
               (item.period == 1 ? std::string("line") : counted(item.period, "line")) +
               " repeated " + counted(item.count, "more time");
    case Kind::omitted: return counted(item.count, "frame") + " left out by a limit";
    case Kind::incomplete: return "this stack is not complete: see below";
    case Kind::frame: break;
    }
    return {};
}

}  // namespace pycore
