// None and its like, numbers.

#include <array>

#include "objects/integer.hpp"
#include "values/number_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

// Of 30 bits: above what `str(int)` does by default.
constexpr std::size_t most_int_digits = 480;

Result<void> write_none(ValueWriter& writer, Address, Address)
{
    writer.put("None");
    return {};
}

Result<void> write_ellipsis(ValueWriter& writer, Address, Address)
{
    writer.put("Ellipsis");
    return {};
}

Result<void> write_not_implemented(ValueWriter& writer, Address, Address)
{
    writer.put("NotImplemented");
    return {};
}

Result<void> write_integer(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const auto value,
               read_digits(writer.memory(), writer.layout(), at, most_int_digits));
    writer.put(decimal_text(value.digits, value.negative));
    return {};
}

Result<void> write_boolean(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const auto value, read_unsigned(writer.memory(), writer.layout(), at));
    writer.put(value != 0 ? "True" : "False");
    return {};
}

Result<void> write_float(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const double value,
               read_field(writer.memory(), at, writer.layout().floating.value, "float object"));
    writer.put(float_repr(value));
    return {};
}

// complexobject.h: both parts follow the header.
Result<void> write_complex(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const double real, writer.read_member<double>(at, 0, "complex object"));
    PYCORE_TRY(const double imaginary, writer.read_member<double>(at, 8, "complex object"));
    writer.put(complex_repr(real, imaginary));
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "NoneType", write_none},
    Printing{"builtins", "ellipsis", write_ellipsis},
    Printing{"builtins", "NotImplementedType", write_not_implemented},
    Printing{"builtins", "bool", write_boolean},
    Printing{"builtins", "int", write_integer},
    Printing{"builtins", "float", write_float},
    Printing{"builtins", "complex", write_complex},
};

}  // namespace

extern const TypeFamily scalars{.types = printings};

}  // namespace pycore::types
