#include "check_case.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

#include "pycore/analyze.hpp"

namespace pycore::robustness {
namespace {

Verdict wrong(std::string complaint)
{
    return {.outcome = Outcome::wrong, .complaint = std::move(complaint)};
}

Verdict judge_refusal(const Fault& fault)
{
    const std::string text = describe(fault);
    if (text.empty() || text.find('\n') != std::string::npos) {
        return wrong("not one clear line: " + text);
    }
    return {.outcome = Outcome::refused, .complaint = {}};
}

Verdict judge_report(const Report& report, bool cut, std::uint64_t max_bytes)
{
    std::ostringstream out;
    write_json(report, out);
    if (out.view().size() > max_bytes) {
        return wrong("the JSON is larger than its limit");
    }
    const auto json = nlohmann::json::parse(out.view(), nullptr, false);
    if (json.is_discarded()) {
        return wrong("the JSON does not parse");
    }
    const std::string status = json.value("status", "");
    if (status == "partial" || status == "error") {
        if (!json.contains("warnings") || json["warnings"].empty()) {
            return wrong("status " + status + " without a warning");
        }
        return {.outcome = status == "error" ? Outcome::error : Outcome::partial, .complaint = {}};
    }
    if (status != "ok") {
        return wrong("status \"" + status + "\"");
    }
    return cut ? wrong("a cut core was reported as complete")
               : Verdict{.outcome = Outcome::ok, .complaint = {}};
}

}  // namespace

Verdict check_case(const std::string& path, bool cut)
{
    Options options;
    // The host's files would make the outcome depend on the machine.
    options.files.recorded_paths = false;
    // All that can be read may be broken.
    options.globals = true;
    options.python_modules = true;
    options.limits.max_report_bytes = std::uint64_t{4} << 20;
    const auto core = CoreFile::open(path, options.limits);
    if (!core) {
        return judge_refusal(core.fault());
    }
    const auto report = analyze(*core, "core", options);
    return report ? judge_report(*report, cut, options.limits.max_report_bytes)
                  : judge_refusal(report.fault());
}

}  // namespace pycore::robustness
