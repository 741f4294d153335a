#include "analysis/deadlock_words.hpp"

#include <algorithm>

#include "analysis/wait_words.hpp"

namespace pycore {
namespace {

// A longer circle is told by its beginning and its end.
constexpr std::size_t most_told = 8;
constexpr std::size_t told_of_long = 4;
// Up to here every place is told, beyond it only those of the first thread.
constexpr std::size_t most_with_places = 3;

std::string_view family_of(ResourceKind kind) noexcept
{
    switch (kind) {
    case ResourceKind::gil: return "gil";
    case ResourceKind::thread:
    case ResourceKind::pthread_join: return "join";
    case ResourceKind::import_lock: return "import";
    case ResourceKind::internal_lock:
    case ResourceKind::pthread_mutex:
    case ResourceKind::pthread_rwlock:
    case ResourceKind::pthread_condition:
    case ResourceKind::pthread_semaphore:
    case ResourceKind::futex: return "mutex";
    case ResourceKind::process_semaphore:
    case ResourceKind::file_lock:
    case ResourceKind::child_process: return "process";
    default: return "lock";
    }
}

class Sentence {
public:
    Sentence(const Circle& circle, const Snapshot& snapshot) : circle_(circle), snapshot_(snapshot)
    {
    }

    std::string of_one() const
    {
        const CircleStep& step = circle_.front();
        std::string text = name(0) + " waits for " + awaited(0) + place_of_wait(thread(0));
        if (!is_join(resource(0))) {
            text += ", which it holds itself" + place_of_hold(*step.holder.owner);
        }
        return text;
    }

    std::string of_many() const
    {
        const std::size_t last = circle_.size() - 1;
        std::string text = name(0);
        if (!is_join(resource(last))) {
            text += " holds " + words_of(resource(last)) +
                    place_of_hold(*circle_[last].holder.owner) + " and";
        }
        text += " waits for " + awaited(0) + place_of_wait(thread(0));
        const std::size_t told = circle_.size() > most_told ? told_of_long : circle_.size();
        for (std::size_t i = 1; i < told; ++i) {
            text += next(i);
        }
        if (told <= last) {
            text += ", and so on through " + counted(last - told, "more thread", "more threads") +
                    " to " + name(last) + ", which waits for " + awaited(last);
        }
        return text;
    }

private:
    const Thread& thread(std::size_t step) const { return snapshot_.threads[circle_[step].waiter]; }
    const Resource& resource(std::size_t step) const
    {
        return snapshot_.resources[circle_[step].resource];
    }
    std::string name(std::size_t step) const { return words_of(thread(step)); }
    std::string awaited(std::size_t step) const { return awaited_of(snapshot_, thread(step)); }

    // ", held by B (with, app.py:3), which waits for x (app.py:4)"
    std::string next(std::size_t step) const
    {
        const bool places = circle_.size() <= most_with_places;
        std::string text = ", ";
        if (!is_join(resource(step - 1))) {
            const Owner& owner = *circle_[step - 1].holder.owner;
            text += "held by " + name(step) + (places ? place_of_hold(owner) : "") + ", ";
        }
        return text + "which waits for " + awaited(step) +
               (places ? place_of_wait(thread(step)) : "");
    }

    const Circle& circle_;
    const Snapshot& snapshot_;
};

}  // namespace

std::string kind_of(const Circle& circle, const Snapshot& snapshot)
{
    if (circle.size() == 1) {
        return "self";
    }
    const auto family = [&](const CircleStep& step) {
        return family_of(snapshot.resources[step.resource].kind);
    };
    const std::string_view first = family(circle.front());
    bool same = true;
    for (const CircleStep& step : circle) {
        if (family(step) == "gil") {
            return "gil";
        }
        same = same && family(step) == first;
    }
    return std::string(same ? first : "mixed");
}

std::string summarize(const Circle& circle, const Snapshot& snapshot, bool certain)
{
    const Sentence sentence(circle, snapshot);
    const std::string begin = certain ? "Deadlock" : "Possible deadlock";
    if (circle.size() == 1) {
        return begin + ": " + sentence.of_one();
    }
    return begin + " of " + std::to_string(circle.size()) + " threads: " + sentence.of_many();
}

}  // namespace pycore
