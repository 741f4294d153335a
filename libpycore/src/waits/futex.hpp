#pragma once

#include <cstdint>

namespace pycore {

/// The second argument of `futex`, without the flags that say who may share the word and which
/// clock its time is of: `linux/futex.h`.
class FutexOperation {
public:
    constexpr explicit FutexOperation(std::uint64_t argument)
        : command_(argument & ~flags),
          private_((argument & private_flag) != 0),
          known_(argument < 0x200)
    {
    }

    [[nodiscard]] constexpr bool is_plain_wait() const { return command_ == 0; }
    [[nodiscard]] constexpr bool is_wait() const { return command_ == 0 || command_ == 9; }
    /// The word is a `pthread_mutex_t` with priority inheritance.
    [[nodiscard]] constexpr bool locks() const { return command_ == 6 || command_ == 13; }
    [[nodiscard]] constexpr bool waits() const
    {
        return known_ && (is_wait() || locks() || command_ == requeue);
    }
    /// No other process uses the word, nor does the kernel.
    [[nodiscard]] constexpr bool is_private() const { return private_; }
    [[nodiscard]] constexpr bool has_relative_timeout() const { return command_ == 0; }

private:
    static constexpr std::uint64_t private_flag = 0x80;
    static constexpr std::uint64_t flags = 0x100 | private_flag;
    static constexpr std::uint64_t requeue = 11;  // FUTEX_WAIT_REQUEUE_PI

    std::uint64_t command_;
    bool private_;
    bool known_;
};

}  // namespace pycore
