#include "self_check/self_check.hpp"

namespace pycore::self_checks {
namespace {

bool has_user(const Host& host)
{
    const std::string users = "\n" + host.text_of("/etc/passwd").value_or("");
    return users.find("\npycore-report:") != std::string::npos;
}

Findings run(const Host& host)
{
    Findings findings;
    findings.push_back(
        host.landlock > 0 ? Finding{Verdict::good,
                                    "Landlock " + std::to_string(host.landlock) +
                                        " keeps the process that reads a core from all files",
                                    {}}
                          : Finding{Verdict::note,
                                    "the kernel has no Landlock: with --collector only a filter of "
                                    "system calls keeps the process that reads a core from files",
                                    "Linux 5.13 or later, with landlock in lsm="});
    findings.push_back(
        host.seccomp ? Finding{Verdict::good, "system calls can be filtered (seccomp)", {}}
                     : Finding{Verdict::missing,
                               "the kernel cannot filter system calls: --collector refuses to "
                               "read a core",
                               "a kernel with CONFIG_SECCOMP_FILTER"});
    if (!has_user(host)) {
        findings.push_back({Verdict::note,
                            "there is no user pycore-report for root's --collector to become",
                            "systemd-sysusers, or: useradd -r -s /usr/sbin/nologin pycore-report"});
    }
    return findings;
}

}  // namespace

extern const SelfCheck sandbox;
const SelfCheck sandbox{.place = 4, .title = "Sandbox", .run = run};

}  // namespace pycore::self_checks
