#include "collector/settings.hpp"
#include "self_check/self_check.hpp"

namespace pycore::self_checks {
namespace {

Findings run(const Host& host)
{
    const std::string name = default_settings_file;
    const ReadSettings read = read_settings(host.place(name).string());
    if (read.missing) {
        return {{Verdict::good, name + " is not there: the defaults hold", {}}};
    }
    if (read.error) {
        return {{Verdict::missing, name + " is not used: " + *read.error,
                 "chown root: " + name + " && chmod 644 " + name}};
    }
    Findings findings;
    for (const std::string& warning : read.warnings) {
        findings.push_back({Verdict::note, warning, "man pycore-report.conf"});
    }
    if (findings.empty()) {
        findings.push_back({Verdict::good, name + " is understood", {}});
    }
    return findings;
}

}  // namespace

extern const SelfCheck configuration;
const SelfCheck configuration{.place = 5, .title = "Configuration", .run = run};

}  // namespace pycore::self_checks
