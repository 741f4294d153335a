#include "self_check/self_check.hpp"

#include <unistd.h>

#include <algorithm>
#include <ostream>

#include "descriptor_stream.hpp"
#include "exit_status.hpp"
#include "pycore/text.hpp"
#include "terminal.hpp"
#include "text/styled_text.hpp"
#include "text/wrapped.hpp"

namespace pycore {
namespace {

std::string_view sign_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::good: return "ok       ";
    case Verdict::note: return "note     ";
    case Verdict::missing: break;
    }
    return "MISSING  ";
}

void write_finding(StyledText& out, const Finding& finding)
{
    constexpr Indent below_sign{.first = 2, .rest = 11};
    constexpr Indent advice{.first = 11, .rest = 11};
    const bool missing = finding.verdict == Verdict::missing;
    write_wrapped(out, std::string(sign_of(finding.verdict)) + to_printable(finding.what),
                  below_sign, missing ? Style::warning : Style::plain);
    if (!finding.advice.empty()) {
        write_wrapped(out, "-> " + to_printable(finding.advice), advice);
    }
}

}  // namespace

bool write_self_check(const Host& host, std::ostream& stream, const Presentation& how)
{
    StyledText out(stream, how);
    std::vector<const SelfCheck*> checks(all_self_checks().begin(), all_self_checks().end());
    std::ranges::sort(checks, {}, &SelfCheck::place);
    std::ptrdiff_t missing = 0;
    for (const SelfCheck* check : checks) {
        out.styled(Style::heading, check->title).plain("\n");
        const Findings findings = check->run(host);
        missing += std::ranges::count(findings, Verdict::missing, &Finding::verdict);
        for (const Finding& finding : findings) {
            write_finding(out, finding);
        }
        out.plain("\n");
    }
    write_wrapped(out,
                  missing == 0 ? "A crash of Python on this host leaves what a report needs."
                               : "To do: " + std::to_string(missing) + " of the above.",
                  {.first = 0, .rest = 0}, Style::headline);
    return missing == 0;
}

int run_self_check()
{
    DescriptorBuffer buffer(STDOUT_FILENO);
    std::ostream stream(&buffer);
    const bool complete =
        write_self_check(Host::this_machine(), stream,
                         Presentation{.color = use_color(Color::automatic, STDOUT_FILENO),
                                      .width = columns_of(STDOUT_FILENO)});
    stream.flush();
    return complete ? exit_status::written : exit_status::not_complete;
}

}  // namespace pycore
