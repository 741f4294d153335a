#include "python/recognise.hpp"

#include "python/record.hpp"

namespace pycore {
namespace {

constexpr Label label = "_PyRuntime";

bool is_pointer(Address at)
{
    return at && at.value % 8 == 0;
}

// The object that a pointer member leads to, or null.
Address follow(const Memory& memory, Address at, Field<Address> field)
{
    const auto target = read_field(memory, at, field, label);
    return target && is_pointer(*target) ? *target : Address{};
}

bool belongs_to(const Memory& memory, const Layout& layout, Address interpreter, Address runtime)
{
    return interpreter && follow(memory, interpreter, layout.interpreter.runtime) == runtime;
}

bool has_own_thread(const Memory& memory, const Layout& layout, Address interpreter)
{
    const Address thread = follow(memory, interpreter, layout.interpreter.threads_head);
    return thread && follow(memory, thread, layout.thread.interpreter) == interpreter;
}

}  // namespace

bool interpreter_points_back(const Memory& memory, const Layout& layout, Address runtime)
{
    const Address head = follow(memory, runtime, layout.runtime.interpreters_head);
    return belongs_to(memory, layout, head, runtime);
}

bool embeds_main_interpreter(const Memory& memory, const Layout& layout, Address runtime)
{
    if (!is_pointer(runtime)) {
        return false;
    }
    const Address main = follow(memory, runtime, layout.runtime.interpreters_main);
    const auto body = AddressRange::make(runtime, layout.runtime.size);
    if (!body || !body->contains(main) || !belongs_to(memory, layout, main, runtime)) {
        return false;
    }
    const auto id = read_field(memory, main, layout.interpreter.id, label);
    return id && *id == 0 && has_own_thread(memory, layout, main) &&
           interpreter_points_back(memory, layout, runtime);
}

}  // namespace pycore
