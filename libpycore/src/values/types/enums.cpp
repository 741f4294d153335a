// Members of enums, and their classes.

#include <array>

#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

/// "<Color.RED: 1>"
Result<void> write_member(ValueWriter& writer, Address at, Address type)
{
    const Address name = writer.find_attribute(at, "_name_");
    const Address value = writer.find_attribute(at, "_value_");
    if (!value || !name) {
        writer.write_plain_object(at, type);
        return {};
    }
    const std::string of = writer.is_none(name) ? "" : '.' + writer.read_name(name);
    writer.put('<' + writer.short_name(type) + of + ": ");
    writer.write(value);
    writer.put(">");
    return {};
}

/// "re.IGNORECASE", "re.ASCII|re.DEBUG": members that their module has too. The last part of its
/// name, and none before what is a plain number.
Result<void> write_global(ValueWriter& writer, Address at, Address type)
{
    const std::string full = writer.types().name_of(type).module;
    const std::string module = full.substr(full.rfind('.') + 1) + '.';
    const Address name = writer.find_attribute(at, "_name_");
    if (!name || writer.is_none(name)) {
        writer.put(module + writer.short_name(type) + '(');
        writer.write(writer.find_attribute(at, "_value_"));
        writer.put(")");
        return {};
    }
    bool starts = true;
    for (const char one : writer.read_name(name)) {
        const bool is_digit = one >= '0' && one <= '9';
        writer.put(starts && !is_digit ? module : "");
        writer.put(std::string_view(&one, 1));
        starts = one == '|';
    }
    return {};
}

bool is_flag(ValueWriter& writer, Address type)
{
    for (const Address base : writer.types().read_mro(type)) {
        const TypeName name = writer.types().name_of(base);
        if (name.qualified == "Flag" && name.module == "enum") {
            return true;
        }
    }
    return false;
}

Result<void> write_class(ValueWriter& writer, Address at, Address)
{
    writer.put(std::string(is_flag(writer, at) ? "<flag '" : "<enum '") + writer.short_name(at) +
               "'>");
    return {};
}

constexpr std::array printings{
    Printing{"enum", "Enum.__repr__", write_member, true},
    Printing{"enum", "Flag.__repr__", write_member, true},
    Printing{"enum", "global_enum_repr", write_global, true},
    Printing{"enum", "global_flag_repr", write_global, true},
    Printing{"enum", "EnumType.__repr__", write_class, true},
};

}  // namespace

extern const TypeFamily enums{.functions = printings};

}  // namespace pycore::types
