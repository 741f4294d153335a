// The classes of `threading` that are written in Python.

#include <array>
#include <string>

#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

bool is_true(ValueWriter& writer, Address value)
{
    const auto number = read_unsigned(writer.memory(), writer.layout(), value);
    return number && *number != 0;
}

/// From 3.13 on a handle tells whether the thread is over: a flag in what it points to.
bool is_done(ValueWriter& writer, Address handle)
{
    constexpr std::uint64_t exiting_at = 57;
    const auto at = writer.read_member<Address>(handle, 0, "thread handle");
    const auto flag = at ? offset_by(*at, exiting_at) : std::nullopt;
    const auto exiting =
        flag ? writer.memory().read<std::uint8_t>(*flag, "thread handle") : Result<std::uint8_t>(0);
    return exiting.value_or(0) == 1;
}

/// Before that the thread state holds a lock as long as it lives.
bool is_stopped(ValueWriter& writer, Address at, bool started)
{
    for (const std::string_view name : {"_handle", "_os_thread_handle"}) {
        if (const Address handle = writer.find_own_attribute(at, name)) {
            return is_done(writer, handle);
        }
    }
    if (is_true(writer, writer.find_own_attribute(at, "_is_stopped"))) {
        return true;
    }
    constexpr std::uint32_t locked_at = 16;
    const Address lock = writer.find_own_attribute(at, "_tstate_lock");
    if (!started || !lock || writer.is_none(lock)) {
        return false;
    }
    const auto locked = writer.read_member<std::uint8_t>(lock, locked_at, "lock object");
    return locked && *locked == 0;
}

Result<void> write_thread(ValueWriter& writer, Address at, Address type)
{
    const auto own = [&](std::string_view name) { return writer.find_own_attribute(at, name); };
    const Address started = own("_started");
    const bool has_started = started && is_true(writer, writer.find_attribute(started, "_flag"));
    const Address ident = own("_ident");
    std::string state = has_started ? "started" : "initial";
    state = is_stopped(writer, at, has_started) ? "stopped" : state;
    if (is_true(writer, own("_daemonic"))) {
        state += " daemon";
    }
    if (const auto number = read_unsigned(writer.memory(), writer.layout(), ident)) {
        state += ' ' + std::to_string(*number);
    }
    writer.put('<' + writer.short_name(type) + '(' + writer.read_name(own("_name")) + ", " + state +
               ")>");
    return {};
}

Result<void> write_condition(ValueWriter& writer, Address at, Address)
{
    const Address waiters = writer.find_own_attribute(at, "_waiters");
    const auto count =
        read_field(writer.memory(), waiters, writer.layout().object.var_size, "deque object");
    writer.put("<Condition(");
    writer.write(writer.find_own_attribute(at, "_lock"));
    writer.put(", " + (count ? std::to_string(*count) : "?") + ")>");
    return {};
}

/// "<threading.Event at 0x7f10: set>"
void write_with(ValueWriter& writer, Address at, Address type, const std::string& state)
{
    const TypeName name = writer.types().name_of(type);
    writer.put('<' + name.module + '.' + name.qualified + " at ");
    writer.put_address(at);
    writer.put(": " + state + '>');
}

std::string number_of(ValueWriter& writer, Address at, std::string_view name)
{
    const auto number =
        read_unsigned(writer.memory(), writer.layout(), writer.find_own_attribute(at, name));
    return number ? std::to_string(*number) : "?";
}

Result<void> write_event(ValueWriter& writer, Address at, Address type)
{
    const bool is_set = is_true(writer, writer.find_own_attribute(at, "_flag"));
    write_with(writer, at, type, is_set ? "set" : "unset");
    return {};
}

Result<void> write_semaphore(ValueWriter& writer, Address at, Address type)
{
    write_with(writer, at, type, "value=" + number_of(writer, at, "_value"));
    return {};
}

Result<void> write_bounded_semaphore(ValueWriter& writer, Address at, Address type)
{
    write_with(
        writer, at, type,
        "value=" + number_of(writer, at, "_value") + '/' + number_of(writer, at, "_initial_value"));
    return {};
}

Result<void> write_barrier(ValueWriter& writer, Address at, Address type)
{
    // Filling 0, draining 1, resetting -1, broken -2: none but the first counts its waiters.
    const auto state =
        read_digits(writer.memory(), writer.layout(), writer.find_own_attribute(at, "_state"), 1);
    const bool is_broken =
        state && state->negative && !state->digits.empty() && state->digits[0] == 2;
    const bool is_filling = state && state->digits.empty();
    const std::string waiting = is_filling ? number_of(writer, at, "_count") : "0";
    write_with(
        writer, at, type,
        is_broken ? "broken" : "waiters=" + waiting + '/' + number_of(writer, at, "_parties"));
    return {};
}

constexpr std::array functions{
    Printing{"threading", "Thread.__repr__", write_thread, true},
    Printing{"threading", "Condition.__repr__", write_condition, true},
    Printing{"threading", "Event.__repr__", write_event, true},
    Printing{"threading", "Semaphore.__repr__", write_semaphore, true},
    Printing{"threading", "BoundedSemaphore.__repr__", write_bounded_semaphore, true},
    Printing{"threading", "Barrier.__repr__", write_barrier, true},
};

}  // namespace

extern const TypeFamily threads{.functions = functions};

}  // namespace pycore::types
