#include "objects/object.hpp"

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {

Result<Address> read_type(const Memory& memory, const Layout& layout, Address at)
{
    return read_field(memory, at, layout.object.type, "object");
}

Result<std::uint64_t> read_type_flags(const Memory& memory, const Layout& layout, Address at)
{
    PYCORE_TRY(const Address type, read_type(memory, layout, at));
    return read_field(memory, type, layout.type.flags, "type object");
}

Result<void> expect_type(
    const Memory& memory, const Layout& layout, Address at, std::uint64_t flags, Label what)
{
    PYCORE_TRY(const std::uint64_t actual, read_type_flags(memory, layout, at));
    if ((actual & flags) != flags) {
        return Fault{FaultCode::bad_format, at.value, what};
    }
    return {};
}

Result<Address> read_module_dict(const Memory& memory, const Layout& layout, Address at)
{
    return read_field(memory, at, layout.module.dict, "module object");
}

}  // namespace pycore
