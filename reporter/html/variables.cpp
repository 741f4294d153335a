#include <string>

#include "html/stack.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

// What a person reads; the JSON has it all.
constexpr std::size_t most_of_value = 1'200;

void write_value(Page& page, const Value& value)
{
    page.markup("<dd>").text(value.text, most_of_value);
    if (value.redacted && value.text.find("<redacted>") == std::string::npos) {
        page.markup(" <span class=\"note\">[attributes redacted]</span>");
    }
    page.markup("</dd>\n");
}

void write_names(Page& page, const std::vector<Variable>& variables)
{
    for (const Variable& variable : variables) {
        if (page.full()) {
            page.markup("<dt>…</dt><dd class=\"note\">[more of them in the JSON]</dd>\n");
            return;
        }
        page.markup("<dt>").text(variable.name).markup("</dt>");
        if (!variable.bound) {
            page.markup("<dd class=\"note\">[not bound]</dd>\n");
            continue;
        }
        write_value(page, variable.value);
        for (const Attribute& attribute : variable.attributes) {
            page.markup("<dt class=\"attr\">.").text(attribute.name).markup("</dt>");
            write_value(page, attribute.value);
        }
    }
}

void write_list(Page& page,
                std::string_view words,
                const std::vector<Variable>& variables,
                bool open)
{
    if (variables.empty()) {
        return;
    }
    page.markup(open ? "<details open><summary>" : "<details><summary>")
        .markup(counted(variables.size(), words));
    page.markup("</summary>\n<dl class=\"vars\">\n");
    write_names(page, variables);
    page.markup("</dl></details>\n");
}

}  // namespace

void write_variables(Page& page, const FrameVariables& variables, bool open)
{
    write_list(page, "variable", variables.locals, open);
    write_list(page, "global", variables.globals, false);
    if (!variables.complete) {
        page.markup("<span class=\"doubt\">[some variables were not read]</span>\n");
    }
}

}  // namespace pycore::html
