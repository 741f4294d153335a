#include "text/text_report.hpp"

namespace pycore {
namespace {

// A line of the terminal or two; the JSON has it all.
constexpr std::size_t most_shown = 160;

/// The beginning of a text, at a character's end.
std::string shortened(const std::string& text)
{
    if (text.size() <= most_shown) {
        return text;
    }
    std::size_t end = most_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end) + " ...";
}

void write_names(StyledText& out, const std::vector<Variable>& variables)
{
    for (const Variable& variable : variables) {
        out.plain("      ").quoted(variable.name).plain(" = ");
        if (!variable.bound) {
            out.styled(Style::faint, "[not bound]").plain("\n");
            continue;
        }
        out.quoted(shortened(variable.value.text));
        if (variable.value.redacted &&
            variable.value.text.find("<redacted>") == std::string::npos) {
            out.styled(Style::faint, "  [attributes redacted]");
        }
        out.plain("\n");
        for (const Attribute& attribute : variable.attributes) {
            out.plain("        .").quoted(attribute.name).plain(" = ");
            out.quoted(shortened(attribute.value.text)).plain("\n");
        }
    }
}

}  // namespace

void write_variables(StyledText& out, const FrameVariables& variables)
{
    write_names(out, variables.locals);
    if (!variables.globals.empty()) {
        out.plain("      ").styled(Style::faint, "[globals of the module]").plain("\n");
        write_names(out, variables.globals);
    }
    if (!variables.complete) {
        out.plain("      ").styled(Style::warning, "[some variables were not read]").plain("\n");
    }
}

}  // namespace pycore
