#include "report/json_variables.hpp"

#include <string_view>

#include "report/json_writer.hpp"

namespace pycore {
namespace {

std::string_view name_of(VariableKind kind)
{
    switch (kind) {
    case VariableKind::argument: return "argument";
    case VariableKind::local: return "local";
    case VariableKind::cell: return "cell";
    case VariableKind::free: return "free";
    case VariableKind::global: return "global";
    }
    return "local";
}

// As `inspect` names them.
std::string_view name_of(ArgumentKind kind)
{
    switch (kind) {
    case ArgumentKind::positional_only: return "positional-only";
    case ArgumentKind::positional_or_keyword: return "positional-or-keyword";
    case ArgumentKind::var_positional: return "var-positional";
    case ArgumentKind::keyword_only: return "keyword-only";
    case ArgumentKind::var_keyword: return "var-keyword";
    }
    return "positional-or-keyword";
}

void append_attributes(std::string& out, const std::vector<Attribute>& attributes)
{
    out += ", \"attributes\": [";
    std::string_view separator;
    for (const Attribute& attribute : attributes) {
        out.append(separator).append("{\"name\": ").append(json_text(attribute.name));
        out += ", ";
        append_value(out, attribute.value);
        out += '}';
        separator = ", ";
    }
    out += ']';
}

void append_variable(std::string& out, const Variable& variable)
{
    out.append("{\"name\": ").append(json_text(variable.name));
    out.append(", \"kind\": \"").append(name_of(variable.kind)).append("\", ");
    if (variable.argument) {
        out.append("\"argument\": \"").append(name_of(*variable.argument)).append("\", ");
    }
    if (variable.bound) {
        append_value(out, variable.value);
    } else {
        out += "\"bound\": false, \"value\": null";
    }
    if (!variable.attributes.empty()) {
        append_attributes(out, variable.attributes);
    }
    out += '}';
}

}  // namespace

void append_value(std::string& out, const Value& value)
{
    out.append("\"type\": ").append(value.type.empty() ? "null" : json_text(value.type));
    out.append(", \"value\": ").append(json_text(value.text)).append(", \"address\": ");
    append_json_address(out, value.address.value);
    // What few values have to say is left out of the others.
    out += value.truncated ? ", \"truncated\": true" : "";
    out += value.redacted ? ", \"redacted\": true" : "";
    out += value.corrupt ? ", \"corrupt\": true" : "";
}

void append_variables(std::string& out, const std::vector<Variable>& variables)
{
    out += '[';
    std::string_view separator;
    for (const Variable& variable : variables) {
        out += separator;
        append_variable(out, variable);
        separator = ", ";
    }
    out += ']';
}

}  // namespace pycore
