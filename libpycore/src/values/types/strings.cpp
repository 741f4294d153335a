// str, bytes, bytearray, and memoryview, which shows nothing of its bytes.

#include <algorithm>
#include <array>

#include "objects/text.hpp"
#include "values/text_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

/// The one place where the content of a str becomes text of the report.
Result<void> write_text(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const auto prefix, read_text_prefix(writer.memory(), writer.layout(), at,
                                                   writer.limits().max_value_text));
    writer.put(text_repr(prefix.characters, writer.layout().since.minor));
    if (prefix.cut) {
        writer.cut();
    }
    return {};
}

Result<std::vector<std::byte>> read_content(const ValueWriter& writer,
                                            Address at,
                                            std::int64_t size,
                                            Label what)
{
    if (size < 0) {
        return Fault{FaultCode::bad_format, at.value, what};
    }
    std::vector<std::byte> content(
        std::min(static_cast<std::size_t>(size), writer.limits().max_value_text));
    PYCORE_CHECK(writer.memory().read_bytes(at, content, what));
    return content;
}

Result<void> write_bytes(ValueWriter& writer, Address at, Address)
{
    const BytesLayout& bytes = writer.layout().bytes;
    PYCORE_TRY(const std::int64_t size,
               read_field(writer.memory(), at, bytes.size, "bytes object"));
    const auto first = offset_by(at, bytes.data.offset);
    PYCORE_TRY(const auto content,
               read_content(writer, first.value_or(Address{}), size, "bytes object"));
    writer.put(bytes_repr(content));
    if (content.size() < static_cast<std::size_t>(size)) {
        writer.cut();
    }
    return {};
}

Result<void> write_byte_array(ValueWriter& writer, Address at, Address type)
{
    const ByteArrayLayout& array = writer.layout().byte_array;
    PYCORE_TRY(const std::int64_t size,
               read_field(writer.memory(), at, array.size, "bytearray object"));
    PYCORE_TRY(const Address first,
               read_field(writer.memory(), at, array.data, "bytearray object"));
    PYCORE_TRY(const auto content, read_content(writer, first, size, "bytearray object"));
    writer.put(writer.short_name(type) + '(' + byte_array_repr(content));
    if (content.size() < static_cast<std::size_t>(size)) {
        writer.cut();
    }
    writer.put(")");
    return {};
}

// memoryobject.h: ob_size, mbuf, hash, flags.
Result<void> write_memory_view(ValueWriter& writer, Address at, Address)
{
    constexpr std::uint32_t flags_at = 24;
    constexpr std::int32_t released = 1;
    PYCORE_TRY(const auto flags,
               writer.read_member<std::int32_t>(at, flags_at, "memoryview object"));
    writer.put((flags & released) != 0 ? "<released memory at " : "<memory at ");
    writer.put_address(at);
    writer.put(">");
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "str", write_text},
    Printing{"builtins", "bytes", write_bytes},
    Printing{"builtins", "bytearray", write_byte_array},
    Printing{"builtins", "memoryview", write_memory_view},
};

}  // namespace

extern const TypeFamily strings{.types = printings};

}  // namespace pycore::types
