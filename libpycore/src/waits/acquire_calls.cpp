#include "waits/acquire_calls.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "waits/describe.hpp"
#include "waits/expressions.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t most_names = 10'000;

/// A call of `acquire` or `release` whose method is loaded.
struct PendingCall {
    Address object;
    bool acquires = false;
    std::int64_t unit = 0;
};

/// How often a frame took a lock more than it gave it back, and where last.
struct Balance {
    Address object;
    int count = 0;
    std::int64_t unit = 0;
};

void count(const PendingCall& call, std::vector<Balance>& balances)
{
    auto known = std::ranges::find(balances, call.object, &Balance::object);
    if (known == balances.end()) {
        known = balances.insert(balances.end(), Balance{.object = call.object});
    }
    if (call.acquires) {
        known->count = std::max(known->count, 0) + 1;
        known->unit = call.unit;
    } else {
        --known->count;
    }
}

std::vector<Address> read_items(PythonObjects& objects, Address code, Field<Address> field)
{
    const auto tuple = read_field(objects.memory(), code, field, "code object");
    if (!tuple) {
        return {};
    }
    auto items = read_tuple(objects.memory(), objects.layout(), *tuple, most_names);
    return items ? std::move(items->items) : std::vector<Address>{};
}

bool names_acquire(PythonObjects& objects, const std::vector<Address>& names)
{
    Limits limits = objects.input().limits;
    limits.max_text_bytes = 16;
    return std::ranges::any_of(names, [&](Address name) {
        const auto text = read_text(objects.memory(), objects.layout(), name, limits);
        return text && *text == "acquire";
    });
}

/// What a call of `acquire` of this object takes: a lock, or a semaphore.
Address taken_by(PythonObjects& objects, Address object)
{
    if (objects.is_instance(object, "threading", "Condition")) {
        object = objects.attribute(object, "_lock");
    }
    const auto lock = objects.read_lock(object);
    const bool is_held_lock = lock && lock->kind == ResourceKind::lock && lock->locked;
    const bool is_semaphore = objects.is_instance(object, "threading", "Semaphore");
    return is_held_lock || is_semaphore ? object : Address{};
}

/// The calls in `instructions` that are over once the frame is at `unit`.
std::vector<Balance> balance(const std::vector<Instruction>& instructions,
                             std::int64_t unit,
                             Expressions& expressions)
{
    std::vector<Balance> balances;
    std::optional<PendingCall> pending;
    for (const Instruction& instruction : instructions) {
        if (instruction.next > unit) {
            break;
        }
        const std::string name = expressions.attribute_name(instruction);
        if (name == "acquire" || name == "release") {
            pending = PendingCall{.object = expressions.top(),
                                  .acquires = name == "acquire",
                                  .unit = instruction.unit};
        } else if (instruction.role == OpcodeRole::call && pending) {
            if (pending->object) {
                count(*pending, balances);
            }
            pending.reset();
        }
        expressions.step(instruction);
    }
    return balances;
}

}  // namespace

const AcquireCalls::Code& AcquireCalls::read_code(PythonObjects& objects, Address at)
{
    if (const auto known = codes_.find(at); known != codes_.end()) {
        return known->second;
    }
    Code code{.names = read_items(objects, at, objects.layout().code.names)};
    if (names_acquire(objects, code.names)) {
        const CodeObject& object = objects.codes().find(at);
        const std::uint64_t cost =
            static_cast<std::uint64_t>(std::max<std::int64_t>(object.units, 0)) *
            sizeof(Instruction);
        Budget& budget = input_.budget;
        if (cost <= budget.code_bytes) {
            budget.code_bytes -= cost;
            auto read = objects.read_code(object, object.units);
            code.instructions = read ? *std::move(read) : std::vector<Instruction>{};
            code.constants = read_items(objects, at, objects.layout().code.constants);
        }
    }
    return codes_.emplace(at, std::move(code)).first->second;
}

void AcquireCalls::find_in_frame(PythonObjects& objects,
                                 const PythonFrame& frame,
                                 std::vector<AcquireCall>& found)
{
    const Code& code = read_code(objects, frame.code->address);
    if (code.instructions.empty()) {
        return;
    }
    CodeObject& object = objects.codes().find(frame.code->address);
    const auto unit = read_unit(input_.memory, objects.layout(), object, frame.address);
    if (!unit) {
        return;
    }
    Expressions expressions(objects, frame, code.names, code.constants);
    for (const Balance& entry : balance(code.instructions, *unit, expressions)) {
        const Address taken = entry.count > 0 ? taken_by(objects, entry.object) : Address{};
        if (taken) {
            const PythonFrame place{.code = frame.code,
                                    .position = objects.codes().position(object, entry.unit)};
            found.push_back({.object = taken, .where = describe_frame(place)});
        }
    }
}

void AcquireCalls::add(const PythonFrame& frame, std::vector<AcquireCall>& found)
{
    if (!frame.code->address || input_.budget.deadline.passed()) {
        return;
    }
    if (PythonObjects* const objects = objects_.find(frame.interpreter)) {
        find_in_frame(*objects, frame, found);
    }
}

std::vector<AcquireCall> AcquireCalls::find(std::size_t thread)
{
    std::vector<AcquireCall> found;
    for (const StackFrame& frame : input_.threads[thread].stack) {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            add(*python, found);
        }
    }
    return found;
}

}  // namespace pycore
