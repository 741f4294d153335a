// Modules and classes.

#include <array>

#include "objects/instance.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

void write_loader(ValueWriter& writer, Address loader)
{
    writer.put(" (");
    writer.write(loader);
    writer.put(")");
}

Result<void> write_module_of_spec(ValueWriter& writer, Address spec)
{
    const Memory& memory = writer.memory();
    const Layout& layout = writer.layout();
    const auto attributes = walk_attributes(memory, layout, spec, writer.limits());
    const auto find = [&](std::string_view name) {
        return find_entry(memory, layout, attributes, name);
    };
    const Address name = find("name");
    const Address origin = find("origin");
    const Address loader = find("loader");
    if (!name) {
        return Fault{FaultCode::bad_format, spec.value, "module spec"};
    }
    const auto has_location = read_unsigned(memory, layout, find("_set_fileattr"));
    writer.put("<module ");
    writer.write(name);
    if (origin && !writer.is_none(origin)) {
        if (has_location && *has_location != 0) {
            writer.put(" from ");
            writer.write(origin);
        } else {
            writer.put(" (" + writer.read_name(origin) + ')');
        }
    } else if (loader && !writer.is_none(loader)) {
        write_loader(writer, loader);
    }
    writer.put(">");
    return {};
}

/// As `importlib` describes a module: by its spec, or by its own attributes without one.
Result<void> write_module(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const Address dict, read_module_dict(writer.memory(), writer.layout(), at));
    const auto find = [&](std::string_view name) {
        return find_in_dict(writer.memory(), writer.layout(), dict, name, writer.limits())
            .value_or(Address{});
    };
    const Address spec = find("__spec__");
    if (spec && !writer.is_none(spec)) {
        return write_module_of_spec(writer, spec);
    }
    const Address name = find("__name__");
    const Address file = find("__file__");
    const Address loader = find("__loader__");
    writer.put("<module ");
    name ? writer.write(name) : writer.put("'?'");
    if (file) {
        writer.put(" from ");
        writer.write(file);
    } else if (loader && !writer.is_none(loader)) {
        write_loader(writer, loader);
    }
    writer.put(">");
    return {};
}

Result<void> write_type(ValueWriter& writer, Address at, Address type)
{
    writer.write_plain_object(at, type);
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "type", write_type, true},
    Printing{"builtins", "module", write_module, true},
};

}  // namespace

extern const TypeFamily modules{.types = printings};

}  // namespace pycore::types
