#include "waits/frame_stacks.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "frames/bytecode.hpp"
#include "objects/bytes.hpp"
#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "python/record.hpp"
#include "waits/describe.hpp"

namespace pycore {
namespace {

// More than any compiler writes.
constexpr std::int32_t most_slots = 1 << 16;
constexpr std::size_t largest_table = 1 << 20;
constexpr std::size_t most_codes = 1 << 16;

}  // namespace

Result<FrameStacks::CodeFacts> FrameStacks::read_facts(Address code)
{
    const Memory& memory = objects_.memory();
    const CodeLayout& layout = objects_.layout().code;
    Budget& budget = objects_.input().budget;
    PYCORE_TRY(const auto variables, read_field(memory, code, layout.locals_plus_count, "code"));
    PYCORE_TRY(const auto stack_size, read_field(memory, code, layout.stack_size, "code"));
    PYCORE_TRY(const auto table, read_field(memory, code, layout.exception_table, "code"));
    const bool is_sound =
        variables >= 0 && variables < most_slots && stack_size >= 0 && stack_size < most_slots;
    if (!is_sound) {
        return Fault{FaultCode::bad_format, code.value, "code"};
    }
    const std::size_t most = std::min<std::uint64_t>(largest_table, budget.code_bytes);
    PYCORE_TRY(const auto bytes, read_bytes_object(memory, objects_.layout(), table, most));
    CodeFacts facts{
        .ranges = read_exception_ranges(bytes), .variables = variables, .stack_size = stack_size};
    const std::uint64_t cost = facts.ranges.size() * sizeof(ExceptionRange);
    budget.code_bytes -= std::min(budget.code_bytes, cost);
    return facts;
}

const FrameStacks::CodeFacts& FrameStacks::facts_of(Address code)
{
    static const CodeFacts none;
    if (const auto known = codes_.find(code); known != codes_.end()) {
        return known->second;
    }
    if (codes_.size() >= most_codes) {
        return none;
    }
    auto facts = read_facts(code);
    return codes_.emplace(code, facts ? *std::move(facts) : CodeFacts{}).first->second;
}

Result<Address> FrameStacks::read_code(Address frame)
{
    const FrameLayout& layout = objects_.layout().frame;
    PYCORE_TRY(const Address code, read_field(objects_.memory(), frame, layout.code, "frame"));
    return Address{code.value & ~layout.tag_mask};
}

Result<std::vector<Address>> FrameStacks::read_slots(Address frame,
                                                     std::int64_t first,
                                                     std::int64_t count)
{
    const FrameLayout& layout = objects_.layout().frame;
    const auto at = offset_by(
        frame, layout.locals_plus.offset + static_cast<std::uint64_t>(first) * sizeof(Address));
    if (!at || count < 0 || count > most_slots) {
        return Fault{FaultCode::bad_format, frame.value, "frame"};
    }
    PYCORE_TRY(auto words, read_pointers(objects_.memory(), *at, static_cast<std::uint64_t>(count),
                                         "value stack"));
    for (Address& word : words) {
        // With tag bits null is 1, and both bits say that it is no reference.
        const std::uint64_t tags = word.value & layout.tag_mask;
        word.value = tags != 0 && tags == layout.tag_mask ? 0 : word.value & ~layout.tag_mask;
        word = is_aligned(word) ? word : Address{};
    }
    return words;
}

OpcodeRole FrameStacks::role_at(const CodeObject& code, std::int64_t unit)
{
    const OpcodeTable* const opcodes = objects_.layout().opcodes;
    const auto at =
        unit < 0 ? std::nullopt : offset_by(code.bytecode, static_cast<std::uint64_t>(unit) * 2);
    const auto opcode = opcodes != nullptr && at
                            ? objects_.memory().read<std::uint8_t>(*at, "bytecode")
                            : Result<std::uint8_t>(std::uint8_t{0});
    return opcodes != nullptr && opcode ? (*opcodes)[*opcode].role : OpcodeRole::opaque;
}

Result<FrameStack> FrameStacks::read_stack(Address frame)
{
    PYCORE_TRY(const Address code, read_code(frame));
    const CodeFacts& facts = facts_of(code);
    FrameStack stack{.code = code, .unit = -1, .slots = {}, .ranges = &facts.ranges};
    if (facts.ranges.empty()) {
        return stack;
    }
    const CodeObject& object = objects_.codes().find(code);
    const auto unit = read_unit(objects_.memory(), objects_.layout(), object, frame);
    stack.unit = unit ? find_covered_unit(facts.ranges, *unit, role_at(object, *unit)) : -1;
    const ExceptionRange* const range = find_range(facts.ranges, stack.unit);
    if (range == nullptr || range->depth == 0) {
        return stack;
    }
    if (range->depth > facts.stack_size) {
        return Fault{FaultCode::bad_format, frame.value, "exception table"};
    }
    PYCORE_TRY(stack.slots, read_slots(frame, facts.variables, range->depth));
    return stack;
}

std::optional<FrameStack> FrameStacks::read(Address frame)
{
    auto stack = is_aligned(frame)
                     ? read_stack(frame)
                     : Result<FrameStack>(Fault{FaultCode::bad_format, frame.value, "frame"});
    return stack ? std::optional(*std::move(stack)) : std::nullopt;
}

/// How many slots are in use, where the frame says so.
Result<std::optional<std::int64_t>> FrameStacks::read_depth(Address frame, const CodeFacts& facts)
{
    const FrameLayout& layout = objects_.layout().frame;
    std::int64_t slots = 0;
    if (layout.stack_top.exists()) {
        PYCORE_TRY(slots, read_field(objects_.memory(), frame, layout.stack_top, "frame"));
    } else {
        PYCORE_TRY(const Address end,
                   read_field(objects_.memory(), frame, layout.stack_pointer, "frame"));
        slots = static_cast<std::int64_t>(end.value - frame.value - layout.locals_plus.offset) / 8;
    }
    const std::int64_t most = std::int64_t{facts.variables} + facts.stack_size;
    return slots >= facts.variables && slots <= most ? std::optional(slots) : std::nullopt;
}

std::vector<Address> FrameStacks::read_variables(Address frame)
{
    const auto code = is_aligned(frame) ? read_code(frame) : Result<Address>(Address{});
    if (!code || !*code) {
        return {};
    }
    const CodeFacts& facts = facts_of(*code);
    const auto depth = read_depth(frame, facts);
    const std::int64_t count = depth && *depth ? **depth : facts.variables;
    return read_slots(frame, 0, count).value_or({});
}

std::vector<Address> FrameStacks::read_rest(Address frame)
{
    const auto code = is_aligned(frame) ? read_code(frame) : Result<Address>(Address{});
    if (!code || !*code) {
        return {};
    }
    const CodeFacts& facts = facts_of(*code);
    const auto depth = read_depth(frame, facts);
    return depth && !*depth ? read_slots(frame, facts.variables, facts.stack_size).value_or({})
                            : std::vector<Address>();
}

std::string FrameStacks::describe_block(const FrameStack& stack, std::int64_t depth)
{
    CodeObject& code = objects_.codes().find(stack.code);
    const std::int64_t start = find_block_start(*stack.ranges, stack.unit, depth);
    PythonFrame place{.code = code.description};
    if (start >= 0) {
        place.position = objects_.codes().position(code, start);
    }
    return describe_frame(place);
}

}  // namespace pycore
