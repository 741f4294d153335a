#include "waits/expressions.hpp"

#include "objects/dict.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;
// Deeper than expressions in source code are.
constexpr std::size_t most_operands = 64;
// From 3.14 on an item is looked up by BINARY_OP with this argument; older ones have no such.
constexpr std::uint32_t subscript_operation = 26;

}  // namespace

void Expressions::step(const Instruction& instruction)
{
    const std::uint32_t argument = instruction.argument;
    switch (instruction.role) {
    case OpcodeRole::neutral: return;
    case OpcodeRole::load_local: push(local(argument)); break;
    case OpcodeRole::load_two_locals:
        push(local(argument >> 4U));
        push(local(argument & 15U));
        break;
    case OpcodeRole::load_cell: push(cell(argument)); break;
    case OpcodeRole::load_global: push(name(argument >> 1U, false)); break;
    case OpcodeRole::load_name: push(name(argument, true)); break;
    case OpcodeRole::load_attribute:
    case OpcodeRole::load_attribute_or_method:
        push(attribute(pop().object, attribute_name(instruction)));
        break;
    case OpcodeRole::load_constant:
        push(argument < constants_.size() ? constants_[argument] : Address{});
        break;
    case OpcodeRole::load_small_int:
        stack_.push_back(Operand{.object = {}, .number = argument});
        break;
    case OpcodeRole::binary_operation:
        if (argument != subscript_operation) {
            stack_.clear();
            return;
        }
        [[fallthrough]];
    case OpcodeRole::subscript: {
        const Operand key = pop();
        const Operand container = pop();
        push(item(container, key));
        break;
    }
    default: stack_.clear();
    }
    if (stack_.size() > most_operands) {
        stack_.clear();
    }
}

Address Expressions::top() const
{
    return stack_.empty() ? Address{} : stack_.back().object;
}

Expressions::Operand Expressions::pop()
{
    if (stack_.empty()) {
        return {};
    }
    const Operand operand = stack_.back();
    stack_.pop_back();
    return operand;
}

std::string Expressions::attribute_name(const Instruction& instruction) const
{
    switch (instruction.role) {
    case OpcodeRole::load_attribute: return text_of(instruction.argument);
    case OpcodeRole::load_attribute_or_method: return text_of(instruction.argument >> 1U);
    default: return {};
    }
}

std::string Expressions::text_of(std::size_t name) const
{
    if (name >= names_.size()) {
        return {};
    }
    Limits limits = objects_.input().limits;
    limits.max_text_bytes = longest_name;
    return read_text(objects_.memory(), objects_.layout(), names_[name], limits).value_or("");
}

Address Expressions::local(std::size_t index) const
{
    constexpr std::size_t most_slots = 1U << 16U;
    const FrameLayout& layout = objects_.layout().frame;
    const auto at = index < most_slots
                        ? offset_by(frame_.address, layout.locals_plus.offset + 8 * index)
                        : std::nullopt;
    const auto word = at ? objects_.memory().read<std::uint64_t>(*at, "local")
                         : Result<std::uint64_t>(std::uint64_t{0});
    const std::uint64_t value = word.value_or(0);
    const bool is_number = layout.tag_mask != 0 && (value & layout.tag_mask) == layout.tag_mask;
    return is_number ? Address{} : Address{value & ~layout.tag_mask};
}

Address Expressions::cell(std::size_t index) const
{
    const Address at = local(index);
    return is_aligned(at) ? read_field(objects_.memory(), at, objects_.layout().cell.value, "cell")
                                .value_or(Address{})
                          : Address{};
}

Address Expressions::name(std::size_t index, bool in_locals) const
{
    const std::string text = text_of(index);
    const FrameLayout& layout = objects_.layout().frame;
    const Memory& memory = objects_.memory();
    for (const auto& field : {layout.locals, layout.globals}) {
        if (text.empty() || (!in_locals && field == layout.locals)) {
            continue;
        }
        const auto dict = read_field(memory, frame_.address, field, "frame");
        const auto value = dict && *dict ? find_in_dict(memory, objects_.layout(), *dict, text,
                                                        objects_.input().limits)
                                         : Result<Address>(Address{});
        if (value && *value) {
            return *value;
        }
    }
    return {};
}

Address Expressions::attribute(Address object, const std::string& name) const
{
    if (!is_aligned(object) || name.empty()) {
        return {};
    }
    if (const Address own = objects_.attribute(object, name)) {
        return own;
    }
    const Memory& memory = objects_.memory();
    const Layout& layout = objects_.layout();
    if (objects_.types().is_type(object)) {
        return objects_.types().find_in_classes(object, name).value;
    }
    const auto type = read_type(memory, layout, object);
    return type && *type ? objects_.types().find_in_classes(*type, name).value : Address{};
}

Address Expressions::item(const Operand& container, const Operand& key) const
{
    const Memory& memory = objects_.memory();
    const Layout& layout = objects_.layout();
    const Limits& limits = objects_.input().limits;
    if (!is_aligned(container.object)) {
        return {};
    }
    if (expect_type(memory, layout, container.object, type_flag::dict, "dict object")) {
        const auto text = is_aligned(key.object) ? read_text(memory, layout, key.object, limits)
                                                 : Result<std::string>(std::string());
        return text && !text->empty()
                   ? find_in_dict(memory, layout, container.object, *text, limits)
                         .value_or(Address{})
                   : Address{};
    }
    std::optional<std::int64_t> index = key.number;
    if (!index && is_aligned(key.object)) {
        const auto number = read_unsigned(memory, layout, key.object);
        index = number && *number < limits.max_dict_entries
                    ? std::optional(static_cast<std::int64_t>(*number))
                    : std::nullopt;
    }
    if (!index || *index < 0) {
        return {};
    }
    const auto most = static_cast<std::uint64_t>(*index) + 1;
    auto items = read_list(memory, layout, container.object, most);
    if (!items) {
        items = read_tuple(memory, layout, container.object, most);
    }
    return items && items->items.size() == most ? items->items.back() : Address{};
}

}  // namespace pycore
