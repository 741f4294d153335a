#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

#include "pycore/memory.hpp"
#include "python/field.hpp"

namespace pycore {

/// One struct copied from the process, read member by member through `Field`.
class Record {
public:
    /// Copies `size` bytes at `at`. Sizes come from our tables, never from the core.
    static Result<Record> read(const Memory& memory, Address at, std::size_t size, Label what);

    /// The member, or `unsupported` when this layout does not have it, or `bad_format` when it
    /// lies outside the copied bytes.
    template <Readable T>
    Result<T> get(Field<T> field) const
    {
        if (!field.exists()) {
            return Fault{FaultCode::unsupported, at_.value, what_};
        }
        if (field.offset > bytes_.size() || bytes_.size() - field.offset < sizeof(T)) {
            return Fault{FaultCode::bad_format, at_.value, what_};
        }
        T value{};
        std::memcpy(&value, bytes_.data() + field.offset, sizeof(T));
        return value;
    }

    [[nodiscard]] Address at() const noexcept { return at_; }

private:
    Record(Address at, Label what) : at_(at), what_(what) {}

    Address at_;
    Label what_;
    std::vector<std::byte> bytes_;
};

/// One member read straight from the process.
template <Readable T>
Result<T> read_field(const Memory& memory, Address at, Field<T> field, Label what)
{
    if (!field.exists()) {
        return Fault{FaultCode::unsupported, at.value, what};
    }
    const auto member = offset_by(at, field.offset);
    if (!member) {
        return Fault{FaultCode::bad_format, at.value, what};
    }
    return memory.read<T>(*member, what);
}

}  // namespace pycore
