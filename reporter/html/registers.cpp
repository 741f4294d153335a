#include "html/html_report.hpp"
#include "view/register_words.hpp"
#include "view/words.hpp"

namespace pycore::html {

void write_registers(Page& page, const View& view)
{
    const auto& crash = view.snapshot().crash;
    if (!crash || crash->targets.empty()) {
        return;
    }
    page.markup("<section id=\"registers\" aria-labelledby=\"h-registers\">\n");
    page.markup(
        "<h2 id=\"h-registers\">Registers</h2>\n<table class=\"fit\">\n<caption>Those that "
        "pointed ");
    page.markup("somewhere when the process died</caption>\n<thead><tr><th scope=\"col\">Register");
    page.markup("</th><th scope=\"col\">Value</th><th scope=\"col\">Points to</th></tr></thead>\n");
    page.markup("<tbody>\n");
    for (const RegisterTarget& target : crash->targets) {
        page.markup("<tr><th scope=\"row\">").text(target.name).markup("</th><td class=\"fixed\">");
        page.markup(hex(target.value.value)).markup("</td><td>").text(target_text(target.target));
        page.markup("</td></tr>\n");
    }
    page.markup("</tbody></table>\n</section>\n");
}

}  // namespace pycore::html
