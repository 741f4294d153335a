#include "sandbox/landlock.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "owned_descriptor.hpp"

namespace pycore {
namespace {

// As linux/landlock.h of Linux 6.12 has it. Headers of Debian 12 are older than the kernels that
// run below them.
struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scopes = 0;
};

constexpr std::uint64_t lowest_bits(unsigned count)
{
    return (std::uint64_t{1} << count) - 1;
}

// The rights that each version of the interface knows: files, network, scopes.
constexpr std::array known_rights{
    RulesetAttributes{lowest_bits(13), 0, 0},
    RulesetAttributes{lowest_bits(14), 0, 0},                            // to link elsewhere
    RulesetAttributes{lowest_bits(15), 0, 0},                            // to truncate
    RulesetAttributes{lowest_bits(15), lowest_bits(2), 0},               // TCP
    RulesetAttributes{lowest_bits(16), lowest_bits(2), 0},               // ioctl() of devices
    RulesetAttributes{lowest_bits(16), lowest_bits(2), lowest_bits(2)},  // sockets, signals
};

long landlock_version() noexcept
{
    constexpr unsigned ask_for_version = 1;
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_for_version);
}

}  // namespace

bool has_landlock() noexcept
{
    return landlock_version() >= 1;
}

bool give_up_all_rights() noexcept
{
    const long version = landlock_version();
    if (version < 1) {
        return false;
    }
    const auto known = std::min(static_cast<std::size_t>(version), known_rights.size());
    const RulesetAttributes& rights = known_rights[known - 1];
    // A kernel that knows less takes what is zero for not there.
    const OwnedDescriptor ruleset(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rights, sizeof(rights), 0U)));
    return ruleset && ::syscall(SYS_landlock_restrict_self, ruleset.number(), 0U) == 0;
}

}  // namespace pycore
