#include "values/frame_variables.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 1024;
// Beside its texts a variable costs about this much to keep.
constexpr std::uint64_t own_cost = 64;

std::uint64_t cost_of(const std::string& name, const Value& value)
{
    return own_cost + name.size() + value.type.size() + value.text.size();
}

}  // namespace

VariableReader::VariableReader(const Memory& memory,
                               const Layout& layout,
                               ValuePrinter& printer,
                               const Limits& limits,
                               Budget& budget,
                               SecretFilter& filter)
    : memory_(memory),
      layout_(layout),
      printer_(printer),
      limits_(limits),
      budget_(budget),
      filter_(filter)
{
}

bool VariableReader::spent()
{
    return budget_.value_bytes == 0 || budget_.deadline.passed();
}

const CodeSlots& VariableReader::slots_of(Address code)
{
    if (const auto known = codes_.find(code.value); known != codes_.end()) {
        return known->second;
    }
    auto slots = read_code_slots(memory_, layout_, code, limits_, budget_);
    return codes_
        .emplace(code.value, slots ? *std::move(slots) : CodeSlots{.slots = {}, .complete = false})
        .first->second;
}

FrameVariables VariableReader::read_locals(const FramePlace& place)
{
    FrameVariables result;
    if (spent()) {
        result.complete = false;
        return result;
    }
    const CodeSlots& known = slots_of(place.code);
    result.complete = known.complete;
    const auto first = offset_by(place.frame, layout_.frame.locals_plus.offset);
    std::vector<Address> words(known.slots.size());
    if (!first || !memory_.read_bytes(*first, std::as_writable_bytes(std::span(words)), "locals")) {
        result.complete = false;
        return result;
    }
    result.locals.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const CodeSlot& slot = known.slots[i];
        const Address value = read_slot(memory_, layout_, slot, words[i]);
        if (slot.hidden && !value) {
            continue;
        }
        Variable variable{.name = slot.name, .kind = slot.kind, .argument = slot.argument};
        if (!add(std::move(variable), value, result.locals)) {
            result.complete = false;
            break;
        }
    }
    return result;
}

void VariableReader::print(Variable& variable, Address value)
{
    constexpr std::string_view where = "variables";
    PrintedObject object = printer_.print_with_attributes(value);
    variable.value = std::move(object.value);
    variable.attributes = std::move(object.attributes);
    for (Attribute& attribute : variable.attributes) {
        if (filter_.is_secret_name(attribute.name)) {
            attribute.value.redacted =
                filter_.redact_named(attribute.value.text, where) || attribute.value.redacted;
        }
    }
    if (!filter_.is_secret_name(variable.name)) {
        return;
    }
    bool redacted = filter_.redact_named(variable.value.text, where);
    if (!variable.attributes.empty()) {
        variable.attributes.clear();
        filter_.count(where, "secret-name");
        redacted = true;
    }
    variable.value.redacted = variable.value.redacted || redacted;
}

bool VariableReader::add(Variable variable, Address value, std::vector<Variable>& to)
{
    if (spent()) {
        return false;
    }
    variable.bound = static_cast<bool>(value);
    if (variable.bound) {
        print(variable, value);
    }
    std::uint64_t cost = cost_of(variable.name, variable.value);
    for (const Attribute& attribute : variable.attributes) {
        cost += cost_of(attribute.name, attribute.value);
    }
    budget_.value_bytes -= std::min(budget_.value_bytes, cost);
    to.push_back(std::move(variable));
    return true;
}

void VariableReader::add_dict(Address dict,
                              VariableKind kind,
                              FrameVariables& into,
                              std::vector<Variable>& to)
{
    Limits limits = limits_;
    limits.max_dict_entries = std::min(limits.max_dict_entries, limits_.max_locals);
    const auto entries = walk_dict(memory_, layout_, dict, limits);
    into.complete = into.complete && entries.stop == Stop::finished;
    limits.max_text_bytes = longest_name;
    for (const DictEntry& entry : entries.items) {
        const auto name = read_text(memory_, layout_, entry.key, limits);
        if (!name || !add(Variable{.name = *name, .kind = kind}, entry.value, to)) {
            into.complete = false;
            if (name) {
                return;
            }
        }
    }
}

void VariableReader::add_namespace(const FramePlace& place, FrameVariables& into)
{
    const auto locals = read_field(memory_, place.frame, layout_.frame.locals, "frame");
    const auto globals = read_field(memory_, place.frame, layout_.frame.globals, "frame");
    if (!locals || !*locals) {
        return;
    }
    const bool is_module = globals && *globals == *locals;
    add_dict(*locals, is_module ? VariableKind::global : VariableKind::local, into, into.locals);
}

void VariableReader::add_globals(const FramePlace& place, FrameVariables& into)
{
    const auto globals = read_field(memory_, place.frame, layout_.frame.globals, "frame");
    if (!globals || !*globals) {
        into.complete = false;
        return;
    }
    add_dict(*globals, VariableKind::global, into, into.globals);
}

}  // namespace pycore
