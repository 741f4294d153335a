#include "exceptions/raised_value.hpp"

#include "objects/sequence.hpp"

namespace pycore {
namespace {

// No message shows more of them one by one.
constexpr std::uint64_t most_arguments = 8;

void take(RaisedValue& raised, Address tuple, Items arguments)
{
    raised.arguments = std::move(arguments.items);
    raised.argument_count = arguments.size;
    raised.arguments_tuple = tuple;
}

}  // namespace

Result<RaisedValue> read_exception_value(const Memory& memory, const Layout& layout, Address at)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::exception, "exception object"));
    RaisedValue raised{.object = at};
    PYCORE_TRY(raised.type, read_type(memory, layout, at));
    PYCORE_TRY(const Address tuple,
               read_field(memory, at, layout.exception.args, "exception object"));
    // Without them it still has a type, a traceback and a context.
    if (auto arguments = read_tuple(memory, layout, tuple, most_arguments)) {
        take(raised, tuple, *std::move(arguments));
    }
    return raised;
}

Result<RaisedValue> read_raised_pair(
    const Memory& memory, const Layout& layout, Address type, Address value, bool value_is_none)
{
    if (value && expect_type(memory, layout, value, type_flag::exception, "exception object")) {
        return read_exception_value(memory, layout, value);
    }
    PYCORE_TRY(const std::uint64_t flags,
               read_field(memory, type, layout.type.flags, "type object"));
    if ((flags & type_flag::exception) == 0) {
        return Fault{FaultCode::bad_format, type.value, "type of an exception"};
    }
    RaisedValue raised{.type = type};
    if (!value || value_is_none) {
        return raised;
    }
    if (auto arguments = read_tuple(memory, layout, value, most_arguments)) {
        take(raised, value, *std::move(arguments));
    } else {
        raised.arguments = {value};
        raised.argument_count = 1;
    }
    return raised;
}

}  // namespace pycore
