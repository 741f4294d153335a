#include "batch/held_signals.hpp"

#include <signal.h>

#include <ctime>
#include <initializer_list>

namespace pycore {
namespace {

void ignore_child(int /*number*/) {}

}  // namespace

HeldSignals::HeldSignals()
{
    sigset_t held{};
    ::sigemptyset(&held);
    for (const int number : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&held, number);
    }
    ::sigprocmask(SIG_BLOCK, &held, &before_);
    // Where it is ignored, which is inherited, children leave nothing to wait for.
    before_child_ = std::signal(SIGCHLD, ignore_child);
}

HeldSignals::~HeldSignals()
{
    if (before_child_ != SIG_ERR) {
        [[maybe_unused]] const auto ours = std::signal(SIGCHLD, before_child_);
    }
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void HeldSignals::wait()
{
    sigset_t child{};
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    constexpr timespec a_while{.tv_sec = 0, .tv_nsec = 100'000'000};
    ::sigtimedwait(&child, nullptr, &a_while);
}

int HeldSignals::stop_request()
{
    sigset_t stops{};
    ::sigemptyset(&stops);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&stops, number);
    }
    constexpr timespec at_once{};
    const int number = ::sigtimedwait(&stops, nullptr, &at_once);
    return number > 0 ? number : 0;
}

}  // namespace pycore
