// What Lib/threading.py and Lib/contextlib.py keep in which attributes.

#include "waits/manager_locks.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "objects/deque.hpp"
#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "python/record.hpp"
#include "values/attributes.hpp"
#include "waits/code_names.hpp"

namespace pycore {
namespace {

constexpr int most_managers_within = 4;
constexpr int most_attributes_within = 2;
constexpr std::size_t most_callbacks = 100;
constexpr std::size_t most_attributes = 1000;
constexpr std::size_t most_classes = 1 << 14;
constexpr std::size_t most_locks = 100;

struct NamedClass {
    std::string_view module;
    std::string_view name;
};

// They close or set back something that is no lock.
constexpr std::array harmless{
    NamedClass{"contextlib", "closing"},
    NamedClass{"contextlib", "nullcontext"},
    NamedClass{"contextlib", "suppress"},
    NamedClass{"contextlib", "_RedirectStream"},
    NamedClass{"contextlib", "chdir"},
    NamedClass{"asyncio.locks", "_ContextManagerMixin"},
    NamedClass{"threading", "Thread"},
    NamedClass{"concurrent.futures._base", "Executor"},
    NamedClass{"tempfile", "TemporaryDirectory"},
};

}  // namespace

ManagerLocks::Kind ManagerLocks::read_kind(Address manager)
{
    const auto is = [&](std::string_view module, std::string_view name) {
        return objects_.is_instance(manager, module, name);
    };
    if (is("threading", "Condition")) {
        return Kind::condition;
    }
    if (is("threading", "Semaphore")) {
        return Kind::semaphore;
    }
    if (is("contextlib", "_GeneratorContextManagerBase")) {
        return Kind::generator;
    }
    if (is("contextlib", "_BaseExitStack")) {
        return Kind::stack;
    }
    const bool is_harmless = std::ranges::any_of(
        harmless, [&](const NamedClass& known) { return is(known.module, known.name); });
    return is_harmless ? Kind::nothing : Kind::other;
}

ManagerLocks::Kind ManagerLocks::kind_of(Address manager)
{
    const auto type = is_aligned(manager) ? read_type(objects_.memory(), objects_.layout(), manager)
                                          : Result<Address>(Address{});
    if (!type || !*type) {
        return Kind::nothing;
    }
    if (const auto known = kinds_.find(*type); known != kinds_.end()) {
        return known->second;
    }
    const Kind unnamed = objects_.types().is_heap_type(*type) ? read_kind(manager) : Kind::nothing;
    const Kind kind = objects_.read_lock(manager) ? Kind::lock : unnamed;
    if (kinds_.size() < most_classes) {
        kinds_.emplace(*type, kind);
    }
    return kind;
}

ManagedLocks ManagerLocks::find(Address manager)
{
    ManagedLocks found;
    add(manager, 0, found);
    return found;
}

void ManagerLocks::add_lock(Address object, ManagedLocks& to)
{
    const auto lock = objects_.read_lock(object);
    if (lock && lock->kind != ResourceKind::simple_queue) {
        to.locks.push_back({.object = object, .kind = lock->kind});
    }
}

void ManagerLocks::add(Address manager, int depth, ManagedLocks& to)
{
    if (depth > most_managers_within || to.locks.size() >= most_locks) {
        return;
    }
    switch (kind_of(manager)) {
    case Kind::lock: add_lock(manager, to); break;
    case Kind::condition: add(objects_.attribute(manager, "_lock"), depth + 1, to); break;
    case Kind::semaphore:
        to.locks.push_back({.object = manager, .kind = ResourceKind::semaphore});
        break;
    case Kind::generator:
        if (const Address generator = objects_.attribute(manager, "gen")) {
            to.generators.push_back(generator);
        }
        break;
    case Kind::stack: add_stack(manager, depth, to); break;
    case Kind::nothing: break;
    case Kind::other:
        add_attributes(manager, names_taken_by(manager), most_attributes_within, to);
        break;
    }
}

void ManagerLocks::add_stack(Address manager, int depth, ManagedLocks& to)
{
    const Address callbacks = objects_.attribute(manager, "_exit_callbacks");
    const auto deque = is_aligned(callbacks) ? read_deque(objects_.memory(), objects_.layout(),
                                                          callbacks, most_callbacks)
                                             : Result<DequeItems>(DequeItems{});
    for (const Address item : deque ? deque->items : std::vector<Address>()) {
        // Whether it is a plain function, and the function.
        const auto pair = read_tuple(objects_.memory(), objects_.layout(), item, 2);
        if (pair && pair->items.size() == 2) {
            add_callback(pair->items[1], depth, to);
        }
    }
}

/// The exit function of a manager, or one that `callback` has wrapped: that of a lock is its
/// `release`.
void ManagerLocks::add_callback(Address callback, int depth, ManagedLocks& to)
{
    const Memory& memory = objects_.memory();
    const Layout& layout = objects_.layout();
    if (const Address manager = blocks_.manager_of(callback)) {
        add(manager, depth + 1, to);
        return;
    }
    const auto closure = is_aligned(callback)
                             ? read_field(memory, callback, layout.function.closure, "function")
                             : Result<Address>(Address{});
    const auto cells = closure && is_aligned(*closure)
                           ? read_tuple(memory, layout, *closure, most_callbacks)
                           : Result<Items>(Items{});
    for (const Address cell : cells ? cells->items : std::vector<Address>()) {
        const auto called = is_aligned(cell) ? read_field(memory, cell, layout.cell.value, "cell")
                                             : Result<Address>(Address{});
        add_lock(blocks_.self_of(called.value_or(Address{})), to);
    }
}

/// What the method of a class names, where it also names `call`.
std::vector<Address> ManagerLocks::read_names(Address type,
                                              std::string_view method,
                                              std::string_view call)
{
    const Memory& memory = objects_.memory();
    const Layout& layout = objects_.layout();
    const Address function = objects_.types().find_in_classes(type, method).value;
    const auto code = is_aligned(function)
                          ? read_field(memory, function, layout.function.code, "function")
                          : Result<Address>(Address{});
    auto names = read_code_names(memory, layout, code.value_or(Address{}));
    const bool calls = has_name(memory, layout, names, call);
    return calls ? std::move(names) : std::vector<Address>();
}

/// What a class written in Python names in an `__enter__` that acquires something as well as in an
/// `__exit__` that releases it.
const std::vector<Address>& ManagerLocks::names_taken_by(Address manager)
{
    const Address type =
        read_type(objects_.memory(), objects_.layout(), manager).value_or(Address{});
    if (const auto known = taken_.find(type); known != taken_.end()) {
        return known->second;
    }
    std::vector<Address> entered = read_names(type, "__enter__", "acquire");
    const std::vector<Address> left =
        entered.empty() ? entered : read_names(type, "__exit__", "release");
    std::erase_if(entered,
                  [&](Address name) { return std::ranges::find(left, name) == left.end(); });
    return taken_.emplace(type, std::move(entered)).first->second;
}

/// Of a manager that a program made: those of its locks that its code names, which is not to say
/// that it takes each of them every time.
void ManagerLocks::add_attributes(Address object,
                                  std::span<const Address> names,
                                  int depth,
                                  ManagedLocks& to)
{
    Limits limits = objects_.input().limits;
    limits.max_dict_entries = std::min(limits.max_dict_entries, most_attributes);
    const auto attributes = names.empty()
                                ? Walk<DictEntry>()
                                : walk_own_attributes(objects_.memory(), objects_.layout(),
                                                      objects_.types(), object, limits);
    for (const DictEntry& attribute : attributes.items) {
        const bool is_named = std::ranges::find(names, attribute.key) != names.end();
        if (!is_named || to.locks.size() >= most_locks) {
            continue;
        }
        const Kind kind = kind_of(attribute.value);
        const Address held = kind == Kind::condition ? objects_.attribute(attribute.value, "_lock")
                                                     : attribute.value;
        const auto lock = objects_.read_lock(held);
        if (lock && lock->kind == ResourceKind::lock && lock->locked) {
            to.locks.push_back({.object = held,
                                .kind = lock->kind,
                                .how = OwnerEvidence::context_manager,
                                .certain = false});
        } else if (kind == Kind::other && depth > 1) {
            add_attributes(attribute.value, names, depth - 1, to);
        }
    }
}

}  // namespace pycore
