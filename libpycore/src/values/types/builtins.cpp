// Functions and methods written in C, and descriptors.

#include <array>
#include <optional>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "pycore/text.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

constexpr std::size_t longest_name = 256;

/// `PyMethodDef.ml_name` and its like, which a kernel's core does not hold.
std::optional<std::string> read_c_name(const ValueWriter& writer, Address definition)
{
    const auto at = writer.memory().read<Address>(definition, "method definition");
    const auto name = at ? writer.memory().read_c_string(*at, longest_name, "name of a method")
                         : Result<std::string>(at.fault());
    return name && is_printable(*name) ? std::optional(*name) : std::nullopt;
}

/// Where its own name was not saved: what a module calls it.
std::string find_name(ValueWriter& writer, Address at, Address module)
{
    const auto dict = read_module_dict(writer.memory(), writer.layout(), module);
    const auto entries =
        walk_dict(writer.memory(), writer.layout(), dict.value_or(Address{}), writer.limits());
    for (const DictEntry& entry : entries.items) {
        if (entry.value == at) {
            return writer.read_name(entry.key);
        }
    }
    return "?";
}

bool is_module(ValueWriter& writer, Address at)
{
    const auto type = read_type(writer.memory(), writer.layout(), at);
    return type && writer.types().is_exactly(*type, "module");
}

/// Functions of a module have it as their `self`.
Result<void> write_builtin(ValueWriter& writer, Address at, Address)
{
    const BuiltinLayout& builtin = writer.layout().builtin;
    PYCORE_TRY(const Address definition,
               read_field(writer.memory(), at, builtin.definition, "builtin function"));
    PYCORE_TRY(const Address self,
               read_field(writer.memory(), at, builtin.self, "builtin function"));
    const auto name = read_c_name(writer, definition);
    if (!self || is_module(writer, self)) {
        writer.put("<built-in function " + (name ? *name : find_name(writer, at, self)) + '>');
        return {};
    }
    PYCORE_TRY(const Address owner, read_type(writer.memory(), writer.layout(), self));
    writer.put("<built-in method " + name.value_or("?") + " of " + writer.types().c_name_of(owner) +
               " object at ");
    writer.put_address(self);
    writer.put(">");
    return {};
}

Result<void> write_descriptor(ValueWriter& writer, Address at, std::string_view kind)
{
    const DescriptorLayout& descriptor = writer.layout().descriptor;
    PYCORE_TRY(const Address owner, read_field(writer.memory(), at, descriptor.type, "descriptor"));
    PYCORE_TRY(const Address name, read_field(writer.memory(), at, descriptor.name, "descriptor"));
    writer.put('<' + std::string(kind) + " '" + writer.read_name(name) + "' of '" +
               writer.types().c_name_of(owner) + "' objects>");
    return {};
}

Result<void> write_method(ValueWriter& writer, Address at, Address)
{
    return write_descriptor(writer, at, "method");
}

Result<void> write_slot(ValueWriter& writer, Address at, Address)
{
    return write_descriptor(writer, at, "slot wrapper");
}

Result<void> write_member(ValueWriter& writer, Address at, Address)
{
    return write_descriptor(writer, at, "member");
}

Result<void> write_attribute(ValueWriter& writer, Address at, Address)
{
    return write_descriptor(writer, at, "attribute");
}

// descrobject.c: the slot wrapper and the object follow the header.
Result<void> write_bound_slot(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const Address slot, writer.read_member<Address>(at, 0, "method-wrapper object"));
    PYCORE_TRY(const Address self, writer.read_member<Address>(at, 8, "method-wrapper object"));
    PYCORE_TRY(const Address name,
               read_field(writer.memory(), slot, writer.layout().descriptor.name, "descriptor"));
    PYCORE_TRY(const Address owner, read_type(writer.memory(), writer.layout(), self));
    writer.put("<method-wrapper '" + writer.read_name(name) + "' of " +
               writer.types().c_name_of(owner) + " object at ");
    writer.put_address(self);
    writer.put(">");
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "builtin_function_or_method", write_builtin},
    Printing{"builtins", "method_descriptor", write_method},
    Printing{"builtins", "classmethod_descriptor", write_method},
    Printing{"builtins", "wrapper_descriptor", write_slot},
    Printing{"builtins", "member_descriptor", write_member},
    Printing{"builtins", "getset_descriptor", write_attribute},
    Printing{"builtins", "method-wrapper", write_bound_slot},
};

}  // namespace

extern const TypeFamily builtins{.types = printings};

}  // namespace pycore::types
