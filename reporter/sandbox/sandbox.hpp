#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pycore {

/// Who the process in the sandbox becomes. Without it, it stays who its parent is.
struct SandboxIdentity {
    uid_t user = 0;
    gid_t group = 0;
};

/// What a process in the sandbox has. Everything else it has not.
struct SandboxRules {
    /// It may read files below these: root's own, that only root can write and everybody can read.
    std::vector<std::string> file_roots;
    std::optional<SandboxIdentity> identity;
    std::uint64_t memory = std::uint64_t{1} << 30;
    std::uint64_t file_size = 0;               ///< of any file that it writes to
    std::chrono::milliseconds time{120'000};   ///< wall time, and of processors
    std::vector<int> kept;                     ///< descriptors that stay open, with their numbers
    std::vector<std::uint64_t> output_limits;  ///< the most bytes of each output
};

/// What the work in the sandbox is given.
struct SandboxView {
    /// A descriptor of the file of that absolute path, which is then the caller's, or an errno with
    /// a minus sign.
    std::function<int(const std::string& path)> open;
    std::span<const int> outputs;  ///< pipes, one for each of `SandboxRules::output_limits`
    bool landlock = false;         ///< false: this kernel has none, or forbids it
};

enum class SandboxEnding : std::uint8_t {
    finished,    ///< with `SandboxResult::status`
    crashed,     ///< by the signal `SandboxResult::status`; SIGSYS: it did what it may not
    late,        ///< it had its time and was killed
    too_long,    ///< it wrote more than an output may have and was killed
    not_set_up,  ///< there is no such process, or it could not be locked in: no work was done
};

struct SandboxResult {
    SandboxEnding ending = SandboxEnding::not_set_up;
    int status = 0;
    std::vector<std::string> outputs;  ///< as far as they were written
    std::uint64_t files_opened = 0;    ///< that it asked for and got
};

/// Does `work` in a process of its own that has nothing but what the rules name: no rights of root
/// and no capability, no file, no network, no other process, no more memory than that. Returns when
/// that process is gone. The result of `work`, 0 to 99, is its status. What it wrote may be
/// anything.
[[nodiscard]] SandboxResult run_sandboxed(const SandboxRules& rules,
                                          const std::function<int(const SandboxView&)>& work);

}  // namespace pycore
