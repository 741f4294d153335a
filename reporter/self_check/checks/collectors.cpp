#include <algorithm>

#include "self_check/core_pattern.hpp"
#include "self_check/coredump_conf.hpp"
#include "self_check/self_check.hpp"

namespace pycore::self_checks {
namespace {

constexpr const char* core_folder = "/var/lib/systemd/coredump";

std::string value_of(const std::map<std::string, std::string>& conf, const std::string& key)
{
    const auto found = conf.find(key);
    return found == conf.end() ? std::string{} : found->second;
}

void add_storage(const Host& host, Findings& into)
{
    const auto conf = read_coredump_conf(host);
    const std::string storage = value_of(conf, "Storage");
    const std::string change = "Storage=external in /etc/systemd/coredump.conf";
    if (storage == "none") {
        into.push_back({Verdict::missing, "systemd-coredump keeps no core (Storage=none)", change});
        return;
    }
    if (storage == "journal") {
        into.push_back({Verdict::missing,
                        "systemd-coredump keeps cores in the journal only (Storage=journal), where "
                        "pycore-collect.path does not see them",
                        change + ", or by hand: coredumpctl dump PID | pycore-report -"});
        return;
    }
    std::string limits;
    for (const char* key : {"ProcessSizeMax", "ExternalSizeMax", "MaxUse", "KeepFree"}) {
        if (const std::string value = value_of(conf, key); !value.empty()) {
            limits += std::string(limits.empty() ? "" : ", ") + key + "=" + value;
        }
    }
    into.push_back({Verdict::good,
                    "systemd-coredump keeps cores in " + std::string(core_folder) +
                        (limits.empty() ? "" : " (" + limits + ")"),
                    {}});
}

// Enabled is a link that systemctl makes.
bool is_enabled(const Host& host, const std::string& unit, const std::string& target)
{
    return host.exists("/etc/systemd/system/" + target + ".wants/" + unit) ||
           host.exists("/run/systemd/system/" + target + ".wants/" + unit);
}

bool is_installed(const Host& host, const std::string& unit)
{
    return host.exists("/usr/lib/systemd/system/" + unit) ||
           host.exists("/lib/systemd/system/" + unit) ||
           host.exists("/usr/local/lib/systemd/system/" + unit) ||
           host.exists("/etc/systemd/system/" + unit);
}

void add_units(const Host& host, Findings& into)
{
    if (!is_installed(host, "pycore-collect.path")) {
        into.push_back(
            {Verdict::note, "no report is made by itself when a program crashes",
             "install pycore-report-collector, or run pycore-report by hand: coredumpctl "
             "debug --debugger=pycore-report"});
    } else if (!is_enabled(host, "pycore-collect.path", "paths.target")) {
        into.push_back({Verdict::note, "pycore-collect.path is installed and not enabled",
                        "systemctl enable --now pycore-collect.path pycore-collect.timer"});
    } else {
        into.push_back(
            {Verdict::good, "pycore-collect.path is enabled: every core gets a report", {}});
    }
}

void add_abrt(const Host& host, Findings& into)
{
    if (!host.exists("/etc/libreport/events.d")) {
        return;
    }
    into.push_back(host.exists("/etc/libreport/events.d/abrt_pycore_event.conf")
                       ? Finding{Verdict::good, "ABRT calls pycore-report", {}}
                       : Finding{Verdict::note, "ABRT is here and does not call pycore-report",
                                 "install pycore-report-abrt (abrt_pycore_event.conf)"});
    const std::string conf =
        host.text_of("/etc/abrt/abrt-action-save-package-data.conf").value_or("");
    if (conf.find("\nProcessUnpackaged = yes") == std::string::npos &&
        conf.find("\nProcessUnpackaged=yes") == std::string::npos) {
        into.push_back({Verdict::note, "ABRT drops crashes of scripts that belong to no package",
                        "ProcessUnpackaged = yes in /etc/abrt/abrt-action-save-package-data.conf"});
    }
}

void add_apport(const Host& host, Findings& into)
{
    if (!host.exists("/usr/share/apport/general-hooks")) {
        return;
    }
    into.push_back(host.exists("/usr/share/apport/general-hooks/pycore.py")
                       ? Finding{Verdict::good, "apport's reports get pycore-report's", {}}
                       : Finding{Verdict::note, "apport is here and does not call pycore-report",
                                 "install pycore-report-collector"});
}

Findings run(const Host& host)
{
    Findings findings;
    if (core_pattern_of(host).handler == CoreHandler::systemd) {
        add_storage(host, findings);
        add_units(host, findings);
    }
    add_abrt(host, findings);
    add_apport(host, findings);
    if (findings.empty()) {
        findings.push_back({Verdict::note, "no crash collector is in use",
                            "read cores by hand: pycore-report CORE"});
    }
    return findings;
}

}  // namespace

extern const SelfCheck collectors;
const SelfCheck collectors{.place = 2, .title = "Crash collectors", .run = run};

}  // namespace pycore::self_checks
