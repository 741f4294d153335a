#include "html/html_report.hpp"
#include "view/facts.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t most_of_sentence = 3'000;
// Set smaller.
constexpr std::size_t long_sentence = 160;

void write_kicker(Page& page, const View& view)
{
    const Report& report = view.report;
    page.markup("<p class=\"kicker\">");
    if (opening_of(report).deadlock_first) {
        page.markup("<b>Deadlock</b> · ");
    } else if (report.diagnosis) {
        page.markup("<b>Crash: ").markup(name_of(report.diagnosis->kind)).markup("</b> · ");
    } else {
        page.markup("Core of a living process · ");
    }
    page.text(headline(report.snapshot)).markup("</p>\n");
}

void write_second(Page& page, const View& view)
{
    const Opening opening = opening_of(view.report);
    if (opening.second.empty()) {
        return;
    }
    page.markup("<p class=\"second\"><b>");
    page.markup(opening.deadlock_first ? "How it ended:" : "And a deadlock:").markup("</b> ");
    page.text(opening.second, most_of_sentence).markup("</p>\n");
}

void write_sentence(Page& page, const View& view)
{
    const Opening opening = opening_of(view.report);
    page.markup(opening.sentence.size() > long_sentence ? "<h1 class=\"long\">" : "<h1>");
    if (opening.sentence.empty()) {
        page.text(headline(view.snapshot()));
    } else {
        page.text(opening.sentence, most_of_sentence);
    }
    page.markup("</h1>\n");
}

void write_facts(Page& page, const View& view)
{
    page.markup("<dl class=\"facts\">\n");
    for (const Fact& fact : facts(view.report)) {
        if (fact.name != "environ") {
            page.markup("<dt>").markup(fact.name).markup("</dt><dd>");
            page.text(fact.value, most_of_sentence).markup("</dd>\n");
        }
    }
    page.markup("</dl>\n");
}

}  // namespace

void write_header(Page& page, const View& view)
{
    const bool alive = opening_of(view.report).sentence.empty();
    page.markup(alive ? "<header class=\"alive\">\n<div>\n" : "<header>\n<div>\n");
    write_kicker(page, view);
    write_sentence(page, view);
    write_second(page, view);
    page.markup("</div>\n");
    write_facts(page, view);
    page.markup("</header>\n");
}

}  // namespace pycore::html
