// What stands for something else: cells, weak references, code objects.

#include <array>

#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_cell(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const Address value,
               read_field(writer.memory(), at, writer.layout().cell.value, "cell object"));
    writer.put("<cell at ");
    writer.put_address(at);
    if (!value) {
        writer.put(": empty>");
        return {};
    }
    const auto type = read_type(writer.memory(), writer.layout(), value);
    writer.put(": " + writer.types().c_name_of(type.value_or(Address{})) + " object at ");
    writer.put_address(value);
    writer.put(">");
    return {};
}

/// As `PyType_GetFullyQualifiedName` has it.
std::string full_name(ValueWriter& writer, Address type)
{
    const TypeName name = writer.types().name_of(type);
    return name.module == "__main__" ? name.qualified : display(name);
}

/// `__name__`, which is looked up as special methods are: instances have none of their own.
std::string find_name(ValueWriter& writer, Address at, Address type)
{
    const auto flags = read_field(writer.memory(), type, writer.layout().type.flags, "type object");
    if (flags && (*flags & type_flag::type) != 0) {
        return writer.short_name(at);
    }
    if (!writer.types().is_exactly(type, "function")) {
        return {};
    }
    const auto name =
        read_field(writer.memory(), at, writer.layout().function.name, "function object");
    return name ? writer.read_name(*name) : std::string();
}

Result<void> write_weak_reference(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(
        const Address object,
        read_field(writer.memory(), at, writer.layout().weak_reference.object, "weakref object"));
    writer.put("<weakref at ");
    writer.put_address(at);
    if (!object || writer.is_none(object)) {
        writer.put("; dead>");
        return {};
    }
    PYCORE_TRY(const Address type, read_type(writer.memory(), writer.layout(), object));
    const bool full = writer.layout().weak_reference.prints_full_name != 0;
    writer.put("; to '" + (full ? full_name(writer, type) : writer.types().c_name_of(type)) +
               "' at ");
    writer.put_address(object);
    const std::string name = find_name(writer, object, type);
    writer.put(name.empty() ? ">" : " (" + name + ")>");
    return {};
}

Result<void> write_code(ValueWriter& writer, Address at, Address)
{
    const CodeLayout& code = writer.layout().code;
    PYCORE_TRY(const Address name, read_field(writer.memory(), at, code.name, "code object"));
    PYCORE_TRY(const Address file, read_field(writer.memory(), at, code.file, "code object"));
    PYCORE_TRY(const auto line, read_field(writer.memory(), at, code.first_line, "code object"));
    writer.put("<code object " + writer.read_name(name) + " at ");
    writer.put_address(at);
    writer.put(", file \"" + writer.read_name(file) + "\", line " +
               std::to_string(line != 0 ? line : -1) + '>');
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "cell", write_cell},
    Printing{"weakref", "ReferenceType", write_weak_reference},
    Printing{"builtins", "code", write_code},
};

}  // namespace

extern const TypeFamily references{.types = printings};

}  // namespace pycore::types
