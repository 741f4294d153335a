#include <charconv>
#include <string_view>

#include "self_check/core_pattern.hpp"
#include "self_check/self_check.hpp"

namespace pycore::self_checks {
namespace {

Finding who_gets_cores(const Host& host, const CorePattern& pattern)
{
    const std::string said = "kernel.core_pattern is \"" + pattern.text + "\": ";
    switch (pattern.handler) {
    case CoreHandler::unknown:
        return {Verdict::note, "kernel.core_pattern cannot be read here", {}};
    case CoreHandler::none:
        return {Verdict::missing, said + "no core is kept", "sysctl kernel.core_pattern=core.%p"};
    case CoreHandler::file:
        return pattern.text.starts_with('/')
                   ? Finding{Verdict::good, said + "cores are files of that name", {}}
                   : Finding{Verdict::good,
                             said +
                                 "a core is a file in the working directory of the process, "
                                 "if the process may write there",
                             {}};
    case CoreHandler::socket: return {Verdict::note, said + "a server behind a socket gets cores"};
    default: break;
    }
    if (!pattern.program.empty() && !host.exists(pattern.program)) {
        return {Verdict::missing, said + "that program is not here, so no core is kept",
                "install it again, or: sysctl kernel.core_pattern=core.%p"};
    }
    return {Verdict::good, said + "cores go to that program", {}};
}

std::string spelled(const std::optional<std::uint64_t>& limit)
{
    return limit ? std::to_string(*limit) + " bytes" : "unlimited";
}

// Pipes get cores whatever the limit is, but systemd-coredump and apport keep them only within it.
bool limit_counts(CoreHandler handler)
{
    return handler != CoreHandler::program && handler != CoreHandler::pycore &&
           handler != CoreHandler::none;
}

Finding size_limit(const Host& host, const CorePattern& pattern)
{
    const std::string said = "RLIMIT_CORE of this shell is " + spelled(host.core_limit) +
                             ", and may be raised to " + spelled(host.core_limit_hard);
    if (!host.core_limit || !limit_counts(pattern.handler)) {
        return {Verdict::good, said, {}};
    }
    const bool raisable = !host.core_limit_hard || *host.core_limit_hard > *host.core_limit;
    const std::string how = raisable ? "ulimit -c unlimited, in the shell that starts the program; "
                                     : "raise the hard limit in /etc/security/limits.conf; ";
    return {Verdict::missing,
            said + (*host.core_limit == 0 ? ": a program started here leaves no core"
                                          : ": a larger core is cut off"),
            how + "for a service: LimitCORE=infinity in its unit"};
}

Finding what_is_saved(const Host& host)
{
    constexpr unsigned int private_memory = 1U << 0;
    constexpr unsigned int elf_headers = 1U << 4;
    const std::string text = host.text_of("/proc/self/coredump_filter").value_or("");
    unsigned int bits = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), bits, 16);
    if (text.empty() || read.ec != std::errc{}) {
        return {Verdict::note, "coredump_filter cannot be read here", {}};
    }
    const std::string said = "coredump_filter is 0x" + text;
    const std::string advice = "echo 0x33 > /proc/self/coredump_filter, before the program starts";
    if ((bits & private_memory) == 0) {
        return {Verdict::missing,
                said +
                    ": cores are without the heap, and nothing of Python is "
                    "found in them",
                advice};
    }
    if ((bits & elf_headers) == 0) {
        return {Verdict::missing,
                said + ": cores are without build ids, and C frames without names", advice};
    }
    return {Verdict::good, said + ": the heap and the build ids are saved", {}};
}

Findings run(const Host& host)
{
    const CorePattern pattern = core_pattern_of(host);
    Findings findings{who_gets_cores(host, pattern), size_limit(host, pattern),
                      what_is_saved(host)};
    if (host.text_of("/proc/sys/fs/suid_dumpable") == "0") {
        findings.push_back({Verdict::note,
                            "fs.suid_dumpable is 0: programs that are setuid, or that have given "
                            "up rights, leave no core",
                            {}});
    }
    return findings;
}

}  // namespace

extern const SelfCheck core_dumps;
const SelfCheck core_dumps{.place = 1, .title = "Core dumps", .run = run};

}  // namespace pycore::self_checks
