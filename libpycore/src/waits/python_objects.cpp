// The structs are those of Modules/_queuemodule.c (simplequeueobject) and
// Modules/_multiprocessing/semaphore.c (SemLockObject); offsets count from the end of the object's
// header.

#include "waits/python_objects.hpp"

#include <algorithm>
#include <array>

#include "base/try.hpp"
#include "objects/instance.hpp"
#include "objects/lock.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

struct NamedType {
    std::string_view module;
    std::string_view name;  ///< in the module
    ResourceKind kind;
};

// A kernel's core has no names of static types: they are told by where modules name them.
constexpr std::array named_types{
    NamedType{"_thread", "LockType", ResourceKind::lock},
    NamedType{"_thread", "lock", ResourceKind::lock},
    NamedType{"_thread", "RLock", ResourceKind::rlock},
    NamedType{"_queue", "SimpleQueue", ResourceKind::simple_queue},
    NamedType{"_multiprocessing", "SemLock", ResourceKind::process_semaphore},
};

/// Reads members behind the header of one object.
class Members {
public:
    Members(const Memory& memory, const Layout& layout, Address object)
        : memory_(memory), start_(offset_by(object, layout.object.size))
    {
    }

    template <class T>
    Result<T> read(std::uint32_t offset) const
    {
        const auto at = start_ ? offset_by(*start_, offset) : std::nullopt;
        if (!at) {
            return Fault{FaultCode::bad_format, 0, "lock object"};
        }
        return memory_.read<T>(*at, "lock object");
    }

    [[nodiscard]] Address start() const noexcept { return start_.value_or(Address{}); }

private:
    const Memory& memory_;
    std::optional<Address> start_;
};

/// Of a lock that nobody has, the owner means nothing.
Result<LockObject> with_state(const Result<LockState>& state)
{
    if (!state) {
        return state.fault();
    }
    return LockObject{.word = state->word,
                      .in_parking_lot = state->in_parking_lot,
                      .locked = state->locked,
                      .owner = state->locked ? state->owner : 0,
                      .count = state->count};
}

/// A semaphore and whether a getter has it; from 3.13 on a byte that getters park on.
Result<LockObject> read_queue(const Members& members, bool has_semaphore)
{
    LockObject queue;
    if (has_semaphore) {
        PYCORE_TRY(queue.word, members.read<Address>(0));
        PYCORE_TRY(const auto locked, members.read<std::uint32_t>(8));
        queue.locked = locked != 0;
        return queue;
    }
    PYCORE_TRY(const auto waiting, members.read<std::uint8_t>(0));
    queue.word = members.start();
    queue.in_parking_lot = true;
    queue.locked = waiting != 0;
    return queue;
}

/// A semaphore that processes share, the thread of this one that has it, and how often.
Result<LockObject> read_shared(const Members& members)
{
    LockObject lock;
    PYCORE_TRY(lock.word, members.read<Address>(0));
    PYCORE_TRY(const auto owner, members.read<std::uint64_t>(8));
    PYCORE_TRY(const auto count, members.read<std::int32_t>(16));
    lock.count = count > 0 ? static_cast<std::uint64_t>(count) : 0;
    lock.locked = lock.count != 0;
    lock.owner = lock.locked ? owner : 0;
    return lock;
}

}  // namespace

PythonObjects::PythonObjects(const WaitInput& input, std::size_t interpreter)
    : input_(input),
      layout_(*input.layouts[interpreter]),
      types_(input.memory,
             layout_,
             input.interpreters[interpreter].address,
             input.limits,
             input.budget),
      codes_(input.memory, layout_, input.limits, input.budget),
      slots_(input.memory, layout_, input.limits, input.budget)
{
    for (const NamedType& named : named_types) {
        if (const Address type = types_.find_in_module(named.module, named.name)) {
            base_types_.emplace(type, named.kind);
        }
    }
}

std::optional<PythonObjects::LockType> PythonObjects::lock_type(Address type)
{
    if (const auto known = lock_types_.find(type); known != lock_types_.end()) {
        return known->second;
    }
    std::optional<LockType> found;
    for (const Address base : types_.read_mro(type)) {
        const auto known = base_types_.find(base);
        if (!found && known != base_types_.end()) {
            found = LockType{.kind = known->second, .base = base};
        }
    }
    lock_types_.emplace(type, found);
    return found;
}

Result<LockObject> PythonObjects::read_lock(Address object, const LockType& type)
{
    const Memory& memory = input_.memory;
    if (type.kind == ResourceKind::lock) {
        return with_state(read_plain_lock(memory, layout_, object, type.base));
    }
    if (type.kind == ResourceKind::rlock) {
        return with_state(read_recursive_lock(memory, layout_, object, type.base));
    }
    const Members members(memory, layout_, object);
    if (type.kind != ResourceKind::simple_queue) {
        return read_shared(members);
    }
    // Of the type itself: a derived one has more.
    constexpr std::int64_t queue_with_semaphore = 40;
    PYCORE_TRY(const auto size,
               read_field(memory, type.base, layout_.type.basic_size, "type object"));
    return read_queue(members, size - layout_.object.size == queue_with_semaphore);
}

std::optional<LockObject> PythonObjects::read_lock(Address object)
{
    const auto type =
        is_aligned(object) ? read_type(input_.memory, layout_, object) : Result<Address>(Address{});
    const auto kind = type && *type ? lock_type(*type) : std::nullopt;
    if (!kind) {
        return std::nullopt;
    }
    auto lock = read_lock(object, *kind);
    if (!lock) {
        return std::nullopt;
    }
    lock->kind = kind->kind;
    lock->at = object;
    return *lock;
}

Result<std::vector<Instruction>> PythonObjects::read_code(const CodeObject& code, std::int64_t last)
{
    const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(code.units, 0));
    std::uint64_t& left = input_.budget.table_bytes_walked;
    if (units * 2 > left) {
        return Fault{FaultCode::limit_reached, code.bytecode.value, "bytecode"};
    }
    left -= units * 2;
    return read_instructions(input_.memory, layout_, code, last);
}

Address PythonObjects::attribute(Address object, std::string_view name)
{
    return is_aligned(object) ? find_attribute(input_.memory, layout_, object, name, input_.limits)
                                    .value_or(Address{})
                              : Address{};
}

bool PythonObjects::is_instance(Address object, std::string_view module, std::string_view name)
{
    const auto type =
        is_aligned(object) ? read_type(input_.memory, layout_, object) : Result<Address>(Address{});
    if (!type || !*type) {
        return false;
    }
    for (const Address base : types_.read_mro(*type)) {
        const TypeName known = types_.name_of(base);
        if (known.module == module && known.qualified == name) {
            return true;
        }
    }
    return false;
}

std::string PythonObjects::type_name(Address object)
{
    const auto type =
        is_aligned(object) ? read_type(input_.memory, layout_, object) : Result<Address>(Address{});
    return type && *type ? display(types_.name_of(*type)) : std::string();
}

PythonObjects* InterpreterObjects::find(std::size_t interpreter)
{
    // Each knows the types of its interpreter; no process is known to have that many.
    constexpr std::size_t most = 64;
    if (const auto known = known_.find(interpreter); known != known_.end()) {
        return known->second.get();
    }
    if (interpreter >= input_.layouts.size() || interpreter >= input_.interpreters.size() ||
        known_.size() >= most) {
        return nullptr;
    }
    return known_.emplace(interpreter, std::make_unique<PythonObjects>(input_, interpreter))
        .first->second.get();
}

}  // namespace pycore
