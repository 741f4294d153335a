// `lockobject` and `rlockobject` of Modules/_threadmodule.c; offsets count from the end of the
// header.

#include "objects/lock.hpp"

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr Label what = "lock object";

template <class T>
Result<T> read_member(const Memory& memory, const Layout& layout, Address at, std::uint32_t offset)
{
    return read_field(memory, at, Field<T>{layout.object.size + offset}, what);
}

/// What an instance has beyond the header.
Result<std::int64_t> own_size(const Memory& memory, const Layout& layout, Address type)
{
    PYCORE_TRY(const auto size, read_field(memory, type, layout.type.basic_size, what));
    return size - layout.object.size;
}

}  // namespace

Result<LockState> read_plain_lock(const Memory& memory,
                                  const Layout& layout,
                                  Address at,
                                  Address type)
{
    // A semaphore, a list of weak references and a flag; from 3.13.1 on a byte.
    constexpr std::int64_t size_with_byte = 8;
    PYCORE_TRY(const auto size, own_size(memory, layout, type));
    LockState lock;
    lock.in_parking_lot = size == size_with_byte;
    const std::uint32_t flag_at = lock.in_parking_lot ? 0 : 16;
    PYCORE_TRY(const auto flag, read_member<std::uint8_t>(memory, layout, at, flag_at));
    lock.locked = lock.in_parking_lot ? (flag & 1) != 0 : flag != 0;
    if (lock.in_parking_lot) {
        lock.word = offset_by(at, layout.object.size).value_or(Address{});
    } else {
        PYCORE_TRY(lock.word, read_member<Address>(memory, layout, at, 0));
    }
    return lock;
}

Result<LockState> read_recursive_lock(const Memory& memory,
                                      const Layout& layout,
                                      Address at,
                                      Address type)
{
    // A semaphore, the owner and a count, and a list of weak references; from 3.14 on a mutex, the
    // owner and the count less one.
    constexpr std::int64_t size_with_mutex = 24;
    PYCORE_TRY(const auto size, own_size(memory, layout, type));
    LockState lock;
    lock.in_parking_lot = size == size_with_mutex;
    PYCORE_TRY(lock.owner, read_member<std::uint64_t>(memory, layout, at, 8));
    PYCORE_TRY(const auto level, read_member<std::uint64_t>(memory, layout, at, 16));
    if (lock.in_parking_lot) {
        lock.word = offset_by(at, layout.object.size).value_or(Address{});
        lock.count = lock.owner != 0 ? level + 1 : level;
    } else {
        PYCORE_TRY(lock.word, read_member<Address>(memory, layout, at, 0));
        lock.count = level;
    }
    lock.locked = lock.count != 0;
    return lock;
}

}  // namespace pycore
