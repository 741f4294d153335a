// BaseException and all that derives from it.

#include <array>

#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_exception(ValueWriter& writer, Address at, Address type)
{
    const Layout& layout = writer.layout();
    PYCORE_TRY(const Address args,
               read_field(writer.memory(), at, layout.exception.args, "exception"));
    PYCORE_CHECK(expect_type(writer.memory(), layout, args, type_flag::tuple, "exception"));
    PYCORE_TRY(const auto count, read_field(writer.memory(), args, layout.tuple.size, "exception"));
    writer.put(writer.short_name(type));
    const ValueWriter::Inside inside(writer, at, ValueWriter::Inside::Again::goes_on);
    if (!inside) {
        writer.put("(...)");
        return {};
    }
    if (count != 1) {
        writer.write(args);
        return {};
    }
    const Address first{args.value + layout.tuple.items.offset};
    const auto only = writer.memory().read<Address>(first, "exception");
    writer.write_items({only.value_or(Address{})}, {.open = "(", .close = ")"});
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "BaseException", write_exception},
    Printing{"builtins", "BaseExceptionGroup", write_exception},
};

}  // namespace

extern const TypeFamily exceptions{.types = printings};

}  // namespace pycore::types
