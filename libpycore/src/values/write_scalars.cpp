#include <algorithm>
#include <span>

#include "base/try.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "values/number_repr.hpp"
#include "values/text_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore {
namespace {

// Of 30 bits: above what `str(int)` does by default.
constexpr std::size_t most_int_digits = 480;

}  // namespace

Result<void> ValueWriter::write_integer(Address at)
{
    PYCORE_TRY(const auto value, read_digits(memory_, layout_, at, most_int_digits));
    out_ += decimal_text(value.digits, value.negative);
    return {};
}

Result<void> ValueWriter::write_boolean(Address at)
{
    PYCORE_TRY(const auto value, read_unsigned(memory_, layout_, at));
    out_ += value != 0 ? "True" : "False";
    return {};
}

Result<void> ValueWriter::write_float(Address at)
{
    PYCORE_TRY(const double value, read_field(memory_, at, layout_.floating.value, "float object"));
    out_ += float_repr(value);
    return {};
}

// Both parts follow the header; CPython's own headers, which have no other member, say so.
Result<void> ValueWriter::write_complex(Address at)
{
    const Field<double> real{layout_.object.size};
    PYCORE_TRY(const double first, read_field(memory_, at, real, "complex object"));
    PYCORE_TRY(const double second,
               read_field(memory_, at, Field<double>{real.offset + 8}, "complex object"));
    out_ += complex_repr(first, second);
    return {};
}

Result<void> ValueWriter::write_text(Address at)
{
    PYCORE_TRY(const auto prefix, read_text_prefix(memory_, layout_, at, limits_.max_value_text));
    out_ += text_repr(prefix.characters, layout_.since.minor);
    if (prefix.cut) {
        cut();
    }
    return {};
}

Result<std::vector<std::byte>> ValueWriter::read_content(Address at, std::int64_t size, Label what)
{
    if (size < 0) {
        return Fault{FaultCode::bad_format, at.value, what};
    }
    std::vector<std::byte> content(
        std::min(static_cast<std::size_t>(size), limits_.max_value_text));
    PYCORE_CHECK(memory_.read_bytes(at, content, what));
    return content;
}

Result<void> ValueWriter::write_bytes(Address at)
{
    PYCORE_TRY(const std::int64_t size,
               read_field(memory_, at, layout_.bytes.size, "bytes object"));
    const auto first = offset_by(at, layout_.bytes.data.offset);
    PYCORE_TRY(const auto content, read_content(first.value_or(Address{}), size, "bytes object"));
    out_ += bytes_repr(content);
    if (content.size() < static_cast<std::size_t>(size)) {
        cut();
    }
    return {};
}

Result<void> ValueWriter::write_byte_array(Address at, Address type)
{
    PYCORE_TRY(const std::int64_t size,
               read_field(memory_, at, layout_.byte_array.size, "bytearray object"));
    PYCORE_TRY(const Address first,
               read_field(memory_, at, layout_.byte_array.data, "bytearray object"));
    PYCORE_TRY(const auto content, read_content(first, size, "bytearray object"));
    out_ += short_name(type) + '(' + byte_array_repr(content);
    if (content.size() < static_cast<std::size_t>(size)) {
        cut();
    }
    out_ += ')';
    return {};
}

// start, stop and step follow the header: rangeobject.c, in no header of CPython.
Result<void> ValueWriter::write_range(Address at)
{
    const auto first = offset_by(at, layout_.object.size);
    PYCORE_TRY(const auto parts, read_pointers(first.value_or(Address{}), 3, "range object"));
    for (const Address part : parts) {
        PYCORE_CHECK(expect_type(memory_, layout_, part, type_flag::integer, "range object"));
    }
    const auto step = read_unsigned(memory_, layout_, parts[2]);
    const std::size_t shown = step && *step == 1 ? 2 : 3;
    write_items({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(shown)},
                {.open = "range(", .close = ")"});
    return {};
}

Result<void> ValueWriter::write_slice(Address at)
{
    PYCORE_TRY(const Address start, read_field(memory_, at, layout_.slice.start, "slice object"));
    PYCORE_TRY(const Address stop, read_field(memory_, at, layout_.slice.stop, "slice object"));
    PYCORE_TRY(const Address step, read_field(memory_, at, layout_.slice.step, "slice object"));
    write_items({start, stop, step}, {.open = "slice(", .close = ")"});
    return {};
}

}  // namespace pycore
