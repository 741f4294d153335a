#include <map>

#include "text/text_report.hpp"
#include "view/thread_place.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore {
namespace {

std::string name_of(const Thread& thread)
{
    std::string text = thread.tid ? std::to_string(*thread.tid) : "(has ended)";
    return thread.python_name ? text + " \"" + *thread.python_name + "\"" : text;
}

// "crashed, waiting for forks[1] (Lock), held by phil-1; at eat (phi.py:10)"
std::string what_it_does(const Snapshot& snapshot, const Thread& thread)
{
    std::string text = thread.crashed ? "crashed" : "";
    const auto add = [&text](const char* between, const std::string& more) {
        text += (text.empty() || more.empty() ? "" : between) + more;
    };
    add(", ", state_text(snapshot, thread));
    const std::string place = place_text(snapshot, thread);
    add("; ", place.empty() ? place : "at " + place);
    return text;
}

/// Threads that do the same at the same place, whatever the rest of their stacks.
struct Alike {
    const Thread* first = nullptr;
    std::string does;
    std::size_t others = 0;
};

std::vector<Alike> alike_threads(const Snapshot& snapshot)
{
    std::vector<Alike> list;
    std::map<std::string, std::size_t> known;
    for (const Thread& thread : snapshot.threads) {
        std::string does = what_it_does(snapshot, thread);
        const auto [place, is_new] = known.try_emplace(does, list.size());
        if (is_new || does.empty()) {
            list.push_back({.first = &thread, .does = std::move(does)});
        } else {
            ++list[place->second].others;
        }
    }
    return list;
}

}  // namespace

void write_thread_list(StyledText& out, const Report& report)
{
    const Snapshot& snapshot = report.snapshot;
    out.plain("\n");
    out.styled(Style::heading, counted(snapshot.threads.size(), "thread") + ":").plain("\n");
    for (const Alike& alike : alike_threads(snapshot)) {
        std::string line = name_of(*alike.first);
        line += alike.does.empty() ? "" : "  " + alike.does;
        if (alike.others != 0) {
            line += "  [and " + counted(alike.others, "more thread") + " like this]";
        }
        write_wrapped(out, to_printable(line), {.first = 2, .rest = 8},
                      alike.first->crashed ? Style::headline : Style::plain);
    }
}

}  // namespace pycore
