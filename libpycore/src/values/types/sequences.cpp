// list, tuple, range, slice.

#include <algorithm>
#include <array>

#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_list(ValueWriter& writer, Address at, Address)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("[...]");
        return {};
    }
    const SequenceLayout& list = writer.layout().list;
    PYCORE_TRY(const std::int64_t size, read_field(writer.memory(), at, list.size, "list object"));
    PYCORE_TRY(const Address first, read_field(writer.memory(), at, list.items, "list object"));
    if (size < 0) {
        return Fault{FaultCode::bad_format, at.value, "list object"};
    }
    const auto count = std::min(static_cast<std::size_t>(size), writer.limits().max_value_items);
    PYCORE_TRY(const auto items, writer.read_pointers(first, count, "items of a list"));
    const bool is_cut = count < static_cast<std::size_t>(size);
    writer.write_items(items, {.open = "[", .close = "]", .is_cut = is_cut});
    return {};
}

Result<void> write_tuple(ValueWriter& writer, Address at, Address)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("(...)");
        return {};
    }
    const SequenceLayout& tuple = writer.layout().tuple;
    PYCORE_TRY(const std::int64_t size,
               read_field(writer.memory(), at, tuple.size, "tuple object"));
    const auto first = offset_by(at, tuple.items.offset);
    if (size < 0 || !first) {
        return Fault{FaultCode::bad_format, at.value, "tuple object"};
    }
    const auto count = std::min(static_cast<std::size_t>(size), writer.limits().max_value_items);
    PYCORE_TRY(const auto items, writer.read_pointers(*first, count, "tuple object"));
    writer.write_items(items, {.open = "(",
                               .close = ")",
                               .is_cut = count < static_cast<std::size_t>(size),
                               .has_trailing_comma = size == 1});
    return {};
}

// rangeobject.c: start, stop and step follow the header.
Result<void> write_range(ValueWriter& writer, Address at, Address)
{
    const Layout& layout = writer.layout();
    const auto first = offset_by(at, layout.object.size);
    PYCORE_TRY(const auto parts,
               writer.read_pointers(first.value_or(Address{}), 3, "range object"));
    for (const Address part : parts) {
        PYCORE_CHECK(
            expect_type(writer.memory(), layout, part, type_flag::integer, "range object"));
    }
    const auto step = read_unsigned(writer.memory(), layout, parts[2]);
    const std::size_t shown = step && *step == 1 ? 2 : 3;
    writer.write_items({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(shown)},
                       {.open = "range(", .close = ")"});
    return {};
}

Result<void> write_slice(ValueWriter& writer, Address at, Address)
{
    const SliceLayout& slice = writer.layout().slice;
    PYCORE_TRY(const Address start, read_field(writer.memory(), at, slice.start, "slice object"));
    PYCORE_TRY(const Address stop, read_field(writer.memory(), at, slice.stop, "slice object"));
    PYCORE_TRY(const Address step, read_field(writer.memory(), at, slice.step, "slice object"));
    writer.write_items({start, stop, step}, {.open = "slice(", .close = ")"});
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "list", write_list},
    Printing{"builtins", "tuple", write_tuple},
    Printing{"builtins", "range", write_range},
    Printing{"builtins", "slice", write_slice},
};

}  // namespace

extern const TypeFamily sequences{.types = printings};

}  // namespace pycore::types
