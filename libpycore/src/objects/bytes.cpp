#include "objects/bytes.hpp"

#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {

Result<std::vector<std::byte>> read_bytes_object(const Memory& memory,
                                                 const Layout& layout,
                                                 Address at,
                                                 std::size_t max_bytes)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::bytes, "bytes object"));
    PYCORE_TRY(const std::int64_t size, read_field(memory, at, layout.bytes.size, "bytes object"));
    const auto first = offset_by(at, layout.bytes.data.offset);
    if (size < 0 || !first) {
        return Fault{FaultCode::bad_format, at.value, "bytes object"};
    }
    if (static_cast<std::uint64_t>(size) > max_bytes) {
        return Fault{FaultCode::limit_reached, at.value, "bytes object"};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    PYCORE_CHECK(memory.read_bytes(*first, bytes, "bytes object"));
    return bytes;
}

}  // namespace pycore
