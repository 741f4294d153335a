// _thread.lock and RLock, which says who has it.

#include <array>

#include "objects/lock.hpp"
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

Result<void> write_lock(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto lock, read_plain_lock(writer.memory(), writer.layout(), at, type));
    write_state(writer, lock.locked, type);
    put_at(writer, at);
    return {};
}

Result<void> write_recursive_lock(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto lock, read_recursive_lock(writer.memory(), writer.layout(), at, type));
    write_state(writer, lock.locked, type);
    writer.put(" owner=" + std::to_string(lock.owner) + " count=" + std::to_string(lock.count));
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
