#include "html/html_report.hpp"

namespace pycore::html {

void write_hints(Page& page, const View& view)
{
    constexpr std::size_t room = 200'000;
    constexpr std::size_t most_of_line = 1'000;
    if (view.report.hints.empty()) {
        return;
    }
    const Allowance allowance(page, room);
    page.markup(
        "<section id=\"hints\" aria-labelledby=\"h-hints\">\n<h2 id=\"h-hints\">Hints</h2>\n");
    for (const Hint& hint : view.report.hints) {
        if (page.full()) {
            page.markup("<p class=\"note\">[more hints in the JSON]</p>\n");
            break;
        }
        page.markup("<div class=\"hint ").markup(name_of(hint.severity)).markup("\">\n<h3>");
        page.text(hint.title).markup("</h3>\n<p class=\"note\">").markup(name_of(hint.severity));
        page.markup(", ").markup(name_of(hint.confidence)).markup(" confidence, ");
        page.text(hint.id).markup("</p>\n");
        page.markup(hint.evidence.empty() ? "" : "<ul>\n");
        for (const std::string& evidence : hint.evidence) {
            page.markup("<li>").text(evidence, most_of_line).markup("</li>\n");
        }
        page.markup(hint.evidence.empty() ? "" : "</ul>\n");
        page.markup("<p class=\"prose\">")
            .text(hint.detail, 2 * most_of_line)
            .markup("</p>\n</div>\n");
    }
    page.markup("</section>\n");
}

}  // namespace pycore::html
