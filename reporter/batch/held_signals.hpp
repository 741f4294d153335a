#pragma once

#include <csignal>

namespace pycore {

/// While it lives, SIGCHLD, SIGINT, SIGTERM and SIGHUP wait until they are asked for, so that none
/// comes between two steps.
class HeldSignals {
public:
    HeldSignals();
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals();

    /// Until a child ends, but not for long.
    static void wait();

    /// One other than SIGCHLD that has come, which is then over; or 0.
    [[nodiscard]] static int stop_request();

private:
    sigset_t before_{};
    void (*before_child_)(int) = nullptr;
};

}  // namespace pycore
