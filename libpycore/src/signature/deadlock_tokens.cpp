#include "signature/deadlock_tokens.hpp"

#include <algorithm>
#include <string>

#include "signature/native_tokens.hpp"
#include "signature/python_tokens.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_callers = 3;
constexpr std::size_t most_threads = 8;

using Components = std::vector<SignatureComponent>;

std::string joined(const std::vector<std::string>& tokens)
{
    std::string text;
    for (const std::string& token : tokens) {
        text += (text.empty() ? "" : " < ") + token;
    }
    return text;
}

SignatureComponent place_of(const Snapshot& snapshot, const ModuleRoles& roles, std::size_t waiter)
{
    const Thread& thread = snapshot.threads.at(waiter);
    const auto python = python_tokens(thread, 0, most_callers);
    if (!python.empty()) {
        return {.part = SignaturePart::python, .text = joined(python)};
    }
    const FrameSpan whole{.thread = thread, .end = thread.stack.size()};
    return {.part = SignaturePart::native,
            .text = joined(tokens_of_crash(snapshot, roles, whole).names)};
}

bool before(const SignatureComponent& one, const SignatureComponent& other)
{
    return one.text < other.text;
}

bool same(const SignatureComponent& one, const SignatureComponent& other)
{
    return one.text == other.text;
}

Components smallest_rotation(const Components& circle)
{
    Components best = circle;
    Components rotated = circle;
    for (std::size_t i = 1; i < circle.size(); ++i) {
        std::ranges::rotate(rotated, rotated.begin() + 1);
        if (std::ranges::lexicographical_compare(rotated, best, before)) {
            best = rotated;
        }
    }
    return best;
}

/// "a b" for "a b a b".
void keep_one_period(Components& circle)
{
    for (std::size_t period = 1; period <= circle.size() / 2; ++period) {
        const auto shifted = circle.begin() + static_cast<std::ptrdiff_t>(period);
        if (circle.size() % period == 0 &&
            std::equal(shifted, circle.end(), circle.begin(), same)) {
            circle.resize(period);
            return;
        }
    }
}

}  // namespace

std::vector<SignatureComponent> deadlock_tokens(const Snapshot& snapshot,
                                                const ModuleRoles& roles,
                                                const Deadlock& deadlock)
{
    Components circle;
    for (const DeadlockEdge& edge : deadlock.edges) {
        SignatureComponent place = place_of(snapshot, roles, edge.waiter);
        if (circle.empty() || !same(circle.back(), place)) {
            circle.push_back(std::move(place));
        }
    }
    if (circle.size() > 1 && same(circle.front(), circle.back())) {
        circle.pop_back();
    }
    keep_one_period(circle);
    // The search for the smallest rotation is quadratic.
    circle.resize(std::min<std::size_t>(circle.size(), 256));
    circle = smallest_rotation(circle);
    circle.resize(std::min(circle.size(), most_threads));
    return circle;
}

}  // namespace pycore
