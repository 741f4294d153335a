// Functions and methods written in Python, and what wraps them.

#include <array>

#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

void put_at(ValueWriter& writer, Address at)
{
    writer.put(" at ");
    writer.put_address(at);
    writer.put(">");
}

Result<void> write_function(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const Address name,
               read_field(writer.memory(), at, writer.layout().function.qualified_name,
                          "function object"));
    PYCORE_CHECK(
        expect_type(writer.memory(), writer.layout(), name, type_flag::text, "function object"));
    writer.put("<function " + writer.read_name(name));
    put_at(writer, at);
    return {};
}

/// `__qualname__` of what a method calls, else its `__name__`.
std::string name_of_callable(ValueWriter& writer, Address at)
{
    const Memory& memory = writer.memory();
    const auto type = read_type(memory, writer.layout(), at);
    if (type && writer.types().is_exactly(*type, "function")) {
        const auto name =
            read_field(memory, at, writer.layout().function.qualified_name, "function object");
        return writer.read_name(name.value_or(Address{}));
    }
    const auto flags = read_type_flags(memory, writer.layout(), at);
    if (flags && (*flags & type_flag::type) != 0) {
        return writer.types().name_of(at).qualified;
    }
    const Address own = writer.find_attribute(at, "__qualname__");
    return writer.read_name(own ? own : writer.find_attribute(at, "__name__"));
}

Result<void> write_method(ValueWriter& writer, Address at, Address)
{
    const MethodLayout& method = writer.layout().method;
    PYCORE_TRY(const Address function,
               read_field(writer.memory(), at, method.function, "method object"));
    PYCORE_TRY(const Address self, read_field(writer.memory(), at, method.self, "method object"));
    writer.put("<bound method " + name_of_callable(writer, function) + " of ");
    writer.write(self);
    writer.put(">");
    return {};
}

// funcobject.c: what they wrap follows the header.
Result<void> write_wrapped(ValueWriter& writer, Address at, const std::string& name)
{
    PYCORE_TRY(const Address callable, writer.read_member<Address>(at, 0, "method object"));
    writer.put('<' + name + '(');
    writer.write(callable);
    writer.put(")>");
    return {};
}

Result<void> write_static_method(ValueWriter& writer, Address at, Address)
{
    return write_wrapped(writer, at, "staticmethod");
}

Result<void> write_class_method(ValueWriter& writer, Address at, Address)
{
    return write_wrapped(writer, at, "classmethod");
}

/// Writes ", 1, 2" and ", a=1".
void write_arguments(ValueWriter& writer, Address positional, Address named)
{
    const Memory& memory = writer.memory();
    const SequenceLayout& tuple = writer.layout().tuple;
    const auto size = read_field(memory, positional, tuple.size, "arguments");
    const auto first = offset_by(positional, tuple.items.offset);
    const bool is_sound =
        expect_type(memory, writer.layout(), positional, type_flag::tuple, "arguments") && size &&
        *size >= 0 && first;
    const auto count = is_sound ? static_cast<std::size_t>(*size) : 0;
    const auto shown = std::min(count, writer.limits().max_value_items);
    const auto items = writer.read_pointers(first.value_or(Address{}), shown, "arguments");
    if (items && shown != 0) {
        writer.write_items(*items, {.open = ", ", .close = "", .is_cut = shown < count});
    }
    const auto entries = writer.read_entries(named);
    for (const DictEntry& entry : entries.items) {
        if (writer.is_full()) {
            writer.cut();
            return;
        }
        const std::string name = writer.read_name(entry.key);
        writer.put(", " + name + '=');
        writer.write_named_value(name, entry.value);
    }
}

// _functoolsmodule.c: function, positional arguments and named ones follow the header.
Result<void> write_partial(ValueWriter& writer, Address at, Address type)
{
    const std::string name = display(writer.types().name_of(type));
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("...");
        return {};
    }
    PYCORE_TRY(const Address function, writer.read_member<Address>(at, 0, "partial object"));
    PYCORE_TRY(const Address positional, writer.read_member<Address>(at, 8, "partial object"));
    PYCORE_TRY(const Address named, writer.read_member<Address>(at, 16, "partial object"));
    writer.put(name + '(');
    writer.write(function);
    write_arguments(writer, positional, named);
    writer.put(")");
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "function", write_function, true},
    Printing{"builtins", "method", write_method, true},
    Printing{"builtins", "staticmethod", write_static_method, true},
    Printing{"builtins", "classmethod", write_class_method, true},
    Printing{"functools", "partial", write_partial},
};

}  // namespace

extern const TypeFamily functions{.types = printings};

}  // namespace pycore::types
