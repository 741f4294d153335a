// What prints as "Name(field=value)": named tuples, data classes, SimpleNamespace.

#include <algorithm>
#include <array>

#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

/// Writes "name=value" with what separates it from the one before; false when no more fit.
class FieldList {
public:
    explicit FieldList(ValueWriter& writer) : writer_(writer) {}

    bool add(const std::string& name, Address value)
    {
        writer_.put(count_ == 0 ? "" : ", ");
        if (count_++ >= writer_.limits().max_value_items || writer_.is_full()) {
            writer_.cut();
            return false;
        }
        writer_.put(name + '=');
        value ? writer_.write_named_value(name, value) : writer_.put("<no value>");
        return true;
    }

private:
    ValueWriter& writer_;
    std::size_t count_ = 0;
};

Result<std::vector<Address>> read_tuple(const ValueWriter& writer, Address at)
{
    const Layout& layout = writer.layout();
    PYCORE_CHECK(expect_type(writer.memory(), layout, at, type_flag::tuple, "tuple object"));
    PYCORE_TRY(const auto size, read_field(writer.memory(), at, layout.tuple.size, "tuple object"));
    const auto first = offset_by(at, layout.tuple.items.offset);
    const std::size_t most = writer.limits().max_value_items + 1;
    if (size < 0 || !first) {
        return Fault{FaultCode::bad_format, at.value, "tuple object"};
    }
    return writer.read_pointers(*first, std::min(static_cast<std::size_t>(size), most),
                                "tuple object");
}

Result<void> write_named_tuple(ValueWriter& writer, Address at, Address type)
{
    const std::string name = writer.short_name(type);
    const ValueWriter::Inside inside(writer, at, ValueWriter::Inside::Again::goes_on);
    if (!inside) {
        writer.put(name + "(...)");
        return {};
    }
    PYCORE_TRY(const auto items, read_tuple(writer, at));
    const Address fields = writer.types().find_in_classes(type, "_fields").value;
    const auto names = read_tuple(writer, fields);
    writer.put(name + '(');
    FieldList list(writer);
    for (std::size_t index = 0; index < items.size(); ++index) {
        const std::string field =
            names && index < names->size() ? writer.read_name((*names)[index]) : "?";
        if (!list.add(field, items[index])) {
            break;
        }
    }
    writer.put(")");
    return {};
}

/// Whether a `dataclasses.Field` is one of the instance that `repr()` shows.
bool is_shown(ValueWriter& writer, Address field)
{
    const Address kind = writer.find_attribute(field, "_field_type");
    const auto shown =
        read_unsigned(writer.memory(), writer.layout(), writer.find_attribute(field, "repr"));
    return shown && *shown != 0 && writer.text_attribute(kind, "name") == "_FIELD";
}

/// Shows the fields of the class that has the `__repr__`, under the name of the object's own.
Result<void> write_data_class(ValueWriter& writer, Address at, Address type)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("...");
        return {};
    }
    const Address owner = writer.types().find_in_classes(type, "__repr__").owner;
    const Address fields = writer.types().find_in_class(owner, "__dataclass_fields__");
    const auto entries = writer.read_entries(fields);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    writer.put(writer.types().name_of(type).qualified + '(');
    FieldList list(writer);
    for (const DictEntry& entry : entries.items) {
        const std::string name = writer.read_name(entry.key);
        if (is_shown(writer, entry.value) && !list.add(name, writer.find_attribute(at, name))) {
            break;
        }
    }
    writer.put(")");
    return {};
}

// namespaceobject.c: the dict follows the header.
Result<void> write_namespace(ValueWriter& writer, Address at, Address type)
{
    const std::string name =
        writer.types().is_heap_type(type) ? writer.short_name(type) : std::string("namespace");
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put(name + "(...)");
        return {};
    }
    PYCORE_TRY(const Address dict, writer.read_member<Address>(at, 0, "namespace object"));
    const auto entries = writer.read_entries(dict);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    writer.put(name + '(');
    FieldList list(writer);
    for (const DictEntry& entry : entries.items) {
        const bool is_text =
            expect_type(writer.memory(), writer.layout(), entry.key, type_flag::text, "name")
                .has_value();
        if (is_text && !text_equals(writer.memory(), writer.layout(), entry.key, "") &&
            !list.add(writer.read_name(entry.key), entry.value)) {
            break;
        }
    }
    writer.put(")");
    return {};
}

constexpr std::array printings{
    Printing{"types", "SimpleNamespace", write_namespace, true},
};

constexpr std::array functions{
    Printing{"collections", "namedtuple.<locals>.__repr__", write_named_tuple, true},
    Printing{"dataclasses", "__create_fn__.<locals>.__repr__", write_data_class, true},
};

}  // namespace

extern const TypeFamily records{.types = printings, .functions = functions};

}  // namespace pycore::types
