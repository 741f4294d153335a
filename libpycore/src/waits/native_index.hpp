#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "pycore/address.hpp"
#include "pycore/wait.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What an address belongs to that threads sleep on: another thread, or a GIL.
class NativeIndex {
public:
    /// `input` outlives the index.
    NativeIndex(const WaitInput& input, std::span<const std::optional<Gil>> gils);

    /// Of the kernel.
    [[nodiscard]] std::size_t threads() const noexcept { return tids_.size(); }

    [[nodiscard]] bool has_thread(std::int32_t tid) const { return tids_.contains(tid); }

    /// The C library's description of a thread that holds `at`: which thread, and how far in.
    struct ThreadPart {
        std::size_t thread = 0;  ///< index in `WaitInput::threads`
        std::uint64_t offset = 0;
    };
    [[nodiscard]] std::optional<ThreadPart> find_thread(Address at) const;

    /// The first interpreter whose GIL has a condition or mutex that holds `at`.
    [[nodiscard]] std::optional<std::size_t> find_gil(Address at) const;

private:
    const WaitInput& input_;
    std::map<std::int32_t, std::size_t> tids_;
    std::map<Address, std::size_t> descriptions_;  ///< by thread pointer
    std::map<Address, std::size_t> gils_;          ///< first interpreter, by address of the GIL
};

}  // namespace pycore
