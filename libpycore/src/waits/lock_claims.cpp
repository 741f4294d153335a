#include "waits/lock_claims.hpp"

#include <algorithm>
#include <utility>

#include "waits/code_names.hpp"
#include "waits/describe.hpp"
#include "waits/suspended_frame.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_frames = 20'000;  // of one thread, the innermost
constexpr std::size_t most_claims = 1'000;   // of one thread
constexpr std::size_t most_generators = 1'000;
constexpr int most_within = 16;

/// Whether code can let go of a lock inside of its block, and take it again.
bool lets_go_by_hand(const PythonObjects& objects, Address code)
{
    const Memory& memory = objects.memory();
    const Layout& layout = objects.layout();
    const auto names = read_code_names(memory, layout, code);
    return has_name(memory, layout, names, "release") && has_name(memory, layout, names, "acquire");
}

/// "inside `with` in eat (phi.py:9)"
std::string put_in_words(const ManagedLock& lock, const std::string& where, const std::string& via)
{
    const std::string_view what = lock.how == OwnerEvidence::with_block
                                      ? "inside `with` in "
                                      : "inside `with` over an object that refers to it in ";
    return std::string(what) + where + (via.empty() ? "" : ", a generator of " + via);
}

}  // namespace

LockClaims::Readers* LockClaims::readers_of(std::size_t interpreter)
{
    auto& readers = readers_[interpreter];
    PythonObjects* const objects = readers ? nullptr : objects_.find(interpreter);
    if (objects != nullptr) {
        readers = std::make_unique<Readers>(*objects);
    }
    return readers.get();
}

std::vector<LockClaim> LockClaims::find(std::size_t thread)
{
    thread_ = thread;
    claims_.clear();
    released_.clear();
    generators_.clear();
    frames_.clear();
    const std::vector<StackFrame>& stack = input_.threads[thread].stack;
    std::size_t frames = 0;
    for (std::size_t i = 0; i < stack.size() && frames < most_frames; ++i) {
        const auto* const frame = std::get_if<PythonFrame>(&stack[i]);
        Readers* const readers = frame != nullptr ? readers_of(frame->interpreter) : nullptr;
        if (readers == nullptr) {
            continue;
        }
        if (claims_.size() >= most_claims || input_.budget.deadline.passed()) {
            break;
        }
        ++frames;
        interpreter_ = frame->interpreter;
        note_released(*readers, *frame);
        visit(*readers, {.frame = frame->address, .index = i});
    }
    return std::exchange(claims_, {});
}

// `threading.Condition.wait` lets go of the lock whose `with` is further out.
void LockClaims::note_released(Readers& readers, const PythonFrame& frame)
{
    if (frame.code->qualified_name != "Condition.wait") {
        return;
    }
    const std::vector<Address> variables = readers.stacks.read_variables(frame.address);
    const Address condition = variables.empty() ? Address{} : variables.front();
    if (const Address lock = readers.objects.attribute(condition, "_lock")) {
        released_.insert(lock);
    }
}

void LockClaims::visit(Readers& readers, const Place& place)
{
    const auto stack = readers.stacks.read(place.frame);
    if (!stack) {
        return;
    }
    if (place.depth > 0 && place.certain) {
        frames_.push_back(PythonFrame{.code = readers.objects.codes().find(stack->code).description,
                                      .address = place.frame,
                                      .interpreter = static_cast<std::uint32_t>(interpreter_)});
    }
    std::vector<EnteredManager> entered = readers.blocks.find(*stack);
    std::ranges::reverse(entered);
    for (const EnteredManager& one : entered) {
        enter(readers, place, *stack, one);
    }
    for (const Address object : stack->slots) {
        visit_generator(readers, place, object);
    }
    for (const Address object : readers.stacks.read_variables(place.frame)) {
        visit_generator(readers, place, object);
    }
    // What a `for` goes through may be here; what is not there any more, too.
    Place doubtful = place;
    doubtful.certain = false;
    for (const Address object : readers.stacks.read_rest(place.frame)) {
        visit_generator(readers, doubtful, object);
    }
}

void LockClaims::visit_generator(Readers& readers, const Place& from, Address object)
{
    if (!object || from.depth >= most_within || generators_.size() >= most_generators) {
        return;
    }
    const Address frame = suspended_frame(readers.objects, object);
    if (frame && generators_.insert(object).second) {
        visit(readers, {.frame = frame,
                        .index = from.index,
                        .depth = from.depth + 1,
                        .certain = from.certain});
    }
}

void LockClaims::enter(Readers& readers,
                       const Place& place,
                       const FrameStack& stack,
                       const EnteredManager& entered)
{
    const ManagedLocks managed = readers.managers.find(entered.manager);
    for (const Address generator : managed.generators) {
        visit_generator(readers, place, generator);
    }
    const bool by_hand = !managed.locks.empty() && lets_go_by_hand(readers.objects, stack.code);
    for (const ManagedLock& lock : managed.locks) {
        if (released_.contains(lock.object) || claims_.size() >= most_claims) {
            continue;
        }
        const std::string where = readers.stacks.describe_block(stack, entered.depth);
        const std::string via =
            place.depth > 0 ? describe_frame(input_.threads[thread_].stack[place.index]) : "";
        claims_.push_back(LockClaim{.object = lock.object,
                                    .kind = lock.kind,
                                    .thread = thread_,
                                    .interpreter = interpreter_,
                                    .frame = place.index,
                                    .how = lock.how,
                                    .certain = lock.certain && place.certain,
                                    .by_hand = by_hand,
                                    .where = where,
                                    .evidence = put_in_words(lock, where, via)});
    }
}

}  // namespace pycore
