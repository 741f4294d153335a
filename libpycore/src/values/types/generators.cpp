// Generators, coroutines, async generators: what runs, or waits, inside of them is beside the text.

#include <array>

#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_generator(ValueWriter& writer, Address at, std::string_view kind)
{
    PYCORE_TRY(const Address name,
               read_field(writer.memory(), at, writer.layout().generator.qualified_name,
                          "generator object"));
    writer.put('<' + std::string(kind) + " object " + writer.read_name(name) + " at ");
    writer.put_address(at);
    writer.put(">");
    return {};
}

Result<void> write_plain_generator(ValueWriter& writer, Address at, Address)
{
    return write_generator(writer, at, "generator");
}

Result<void> write_coroutine(ValueWriter& writer, Address at, Address)
{
    return write_generator(writer, at, "coroutine");
}

Result<void> write_async_generator(ValueWriter& writer, Address at, Address)
{
    return write_generator(writer, at, "async_generator");
}

constexpr std::array printings{
    Printing{"builtins", "generator", write_plain_generator, true, true},
    Printing{"builtins", "coroutine", write_coroutine, true, true},
    Printing{"builtins", "async_generator", write_async_generator, true, true},
};

}  // namespace

extern const TypeFamily generators{.types = printings};

}  // namespace pycore::types
