// _thread.lock and RLock, which says who has it.

#include <array>

#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

void write_state(ValueWriter& writer, bool locked, Address type)
{
    writer.put(locked ? "<locked " : "<unlocked ");
    writer.put(writer.types().c_name_of(type) + " object");
}

void put_at(ValueWriter& writer, Address at)
{
    writer.put(" at ");
    writer.put_address(at);
    writer.put(">");
}

// From 3.13.1 on the lock is a byte after the header, before it is a semaphore and a flag after it
// and the list of weak references; the size of an instance tells.
Result<void> write_lock(ValueWriter& writer, Address at, Address type)
{
    constexpr std::int64_t size_with_byte = 8;  // beyond the header
    PYCORE_TRY(const auto size,
               read_field(writer.memory(), type, writer.layout().type.basic_size, "lock object"));
    const bool is_byte = size == writer.layout().object.size + size_with_byte;
    PYCORE_TRY(const auto state,
               writer.read_member<std::uint8_t>(at, is_byte ? 0 : 16, "lock object"));
    write_state(writer, (state & 1) != 0, type);
    put_at(writer, at);
    return {};
}

/// A lock, the thread that has it, and how often it took it: once less where a mutex is in the
/// place of the semaphore, and of the list of weak references too.
Result<void> write_recursive_lock(ValueWriter& writer, Address at, Address type)
{
    constexpr std::int64_t size_with_mutex = 24;  // beyond the header
    PYCORE_TRY(const auto size,
               read_field(writer.memory(), type, writer.layout().type.basic_size, "lock object"));
    PYCORE_TRY(const auto owner, writer.read_member<std::uint64_t>(at, 8, "lock object"));
    PYCORE_TRY(const auto level, writer.read_member<std::uint64_t>(at, 16, "lock object"));
    const bool is_mutex = size == writer.layout().object.size + size_with_mutex;
    const std::uint64_t count = is_mutex && owner != 0 ? level + 1 : level;
    write_state(writer, count != 0, type);
    writer.put(" owner=" + std::to_string(owner) + " count=" + std::to_string(count));
    put_at(writer, at);
    return {};
}

constexpr std::array printings{
    Printing{"_thread", "lock", write_lock},
    Printing{"_thread", "RLock", write_recursive_lock},
};

}  // namespace

extern const TypeFamily locks{.types = printings};

}  // namespace pycore::types
