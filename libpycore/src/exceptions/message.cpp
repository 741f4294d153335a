#include "exceptions/message.hpp"

#include <algorithm>

#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// An exception raised with another one says what that says.
constexpr std::size_t most_nested = 8;

}  // namespace

bool MessageReader::is_none(Address at) const
{
    const auto type = read_type(source_.memory, source_.layout, at);
    return type && source_.types.is_exactly(*type, "NoneType");
}

bool MessageReader::is_text(Address at) const
{
    return expect_type(source_.memory, source_.layout, at, type_flag::text, "str object")
        .has_value();
}

Message MessageReader::characters(Address at)
{
    const auto prefix =
        read_text_prefix(source_.memory, source_.layout, at, source_.limits.max_value_bytes);
    if (!prefix) {
        return repr(at);  // which says why
    }
    Message message;
    for (const char32_t character : prefix->characters) {
        append_code_point(message.text, character);
    }
    if (prefix->cut) {
        message.text += "...";
        message.complete = false;
    }
    return message;
}

Message MessageReader::repr(Address at)
{
    auto value = source_.values.print(at);
    const auto type = read_type(source_.memory, source_.layout, at);
    const bool known = type && source_.types.printing_of(*type) != nullptr;
    const bool readable = !source_.types.find_corruption(at);
    // Of what is in a container, objects with a `repr()` that was not run show like this.
    const bool plain = value.text.find(" object at 0x") == std::string::npos;
    return Message{.text = std::move(value.text),
                   .certain = known && plain,
                   .complete = readable && !value.truncated};
}

Message MessageReader::str(Address at)
{
    const auto type = read_type(source_.memory, source_.layout, at);
    if (!type || source_.types.find_corruption(at)) {
        return repr(at);
    }
    const bool own = source_.methods.of(*type).own;
    if (nesting_ < most_nested) {
        if (const auto raised = read_exception_value(source_.memory, source_.layout, at)) {
            ++nesting_;
            Message message = describe(*raised);
            --nesting_;
            return message;
        }
    }
    if (is_text(at)) {
        Message message = characters(at);
        message.certain = message.certain && !own;
        return message;
    }
    // Types of modules, as Decimal, have a `str()` of their own; of the builtin ones few.
    const Printing* printing = source_.types.printing_of(*type);
    Message message = repr(at);
    message.certain = message.certain && !own && printing != nullptr &&
                      printing->module == "builtins" && printing->name != "mappingproxy";
    return message;
}

Message MessageReader::str_or_none(Address at)
{
    return at ? str(at) : Message{.text = "None"};
}

Message MessageReader::describe(const RaisedValue& raised)
{
    const TextMethod method = source_.methods.of(raised.type);
    Message message = method.own ? base(raised) : describe_as(method.family, raised);
    message.certain = message.certain && !method.own;
    return message;
}

Message MessageReader::describe_as(TextFamily family, const RaisedValue& raised)
{
    switch (family) {
    case TextFamily::key_error: return key_error(raised);
    case TextFamily::os_error: return os_error(raised);
    case TextFamily::import_error: return import_error(raised);
    case TextFamily::syntax_error: return syntax_error(raised);
    case TextFamily::group: return group(raised);
    case TextFamily::unicode_encode_error:
    case TextFamily::unicode_decode_error:
    case TextFamily::unicode_translate_error: return unicode_error(raised, family);
    default: return base(raised);
    }
}

Message MessageReader::base(const RaisedValue& raised)
{
    if (raised.object && !raised.arguments_tuple) {
        return Message{.complete = false};
    }
    switch (raised.argument_count) {
    case 0: return {};
    case 1: return str(raised.arguments.front());
    default: return repr(raised.arguments_tuple);
    }
}

Message MessageReader::key_error(const RaisedValue& raised)
{
    return raised.argument_count == 1 ? repr(raised.arguments.front()) : base(raised);
}

/// `[Errno 2] No such file or directory: 'a' -> 'b'`
Message MessageReader::os_error(const RaisedValue& raised)
{
    const auto& layout = source_.layout.os_error;
    const auto member = [&](Field<Address> field, std::size_t argument) {
        if (raised.object) {
            return read_field(source_.memory, raised.object, field, "exception object")
                .value_or(Address{});
        }
        const bool given = raised.argument_count >= 2 && argument < raised.arguments.size() &&
                           (argument < 2 || !is_none(raised.arguments[argument]));
        return given ? raised.arguments[argument] : Address{};
    };
    const Address number = member(layout.number, 0);
    const Address text = member(layout.text, 1);
    const Address file = member(layout.file, 2);
    const Address second_file = member(layout.second_file, 4);
    if (!file && !(number && text)) {
        return base(raised);
    }
    Message message;
    message.add("[Errno ").add(str_or_none(number)).add("] ").add(str_or_none(text));
    if (file) {
        message.add(": ").add(repr(file));
    }
    if (file && second_file) {
        message.add(" -> ").add(repr(second_file));
    }
    return message;
}

Message MessageReader::import_error(const RaisedValue& raised)
{
    const auto text = read_field(source_.memory, raised.object, source_.layout.import_error.message,
                                 "exception object");
    return raised.object && text && *text && is_text(*text) ? str(*text) : base(raised);
}

Message MessageReader::group(const RaisedValue& raised)
{
    const auto& layout = source_.layout.exception_group;
    const auto text = read_field(source_.memory, raised.object, layout.message, "exception group");
    const auto tuple =
        read_field(source_.memory, raised.object, layout.exceptions, "exception group");
    const auto members = read_tuple(source_.memory, source_.layout, tuple.value_or(Address{}), 0);
    if (!raised.object || !text || !*text || !members) {
        Message message = base(raised);
        message.complete = false;
        return message;
    }
    Message message = str(*text);
    message.add(" (").add(std::to_string(members->size)).add(" sub-exception");
    return message.add(members->size > 1 ? "s)" : ")");
}

}  // namespace pycore
