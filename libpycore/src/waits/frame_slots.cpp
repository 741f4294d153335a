#include "waits/frame_slots.hpp"

#include <algorithm>

#include "objects/dict.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

}  // namespace

const CodeSlots& FrameSlots::slots_of(Address code)
{
    if (const auto known = codes_.find(code.value); known != codes_.end()) {
        return known->second;
    }
    static const CodeSlots none{.slots = {}, .complete = false};
    if (budget_.code_bytes == 0) {
        return none;
    }
    auto slots = read_code_slots(memory_, layout_, code, limits_, budget_);
    const std::uint64_t cost = slots ? slots->slots.size() * sizeof(CodeSlot) : sizeof(CodeSlots);
    budget_.code_bytes -= std::min(budget_.code_bytes, cost);
    return codes_.emplace(code.value, slots ? *std::move(slots) : none).first->second;
}

std::vector<Address> FrameSlots::read_words(const PythonFrame& frame,
                                            std::uint64_t first,
                                            std::uint64_t count) const
{
    const auto at = offset_by(frame.address, layout_.frame.locals_plus.offset + first * 8);
    auto words = at && frame.address ? read_pointers(memory_, *at, count, "slots of a frame")
                                     : Result<std::vector<Address>>(std::vector<Address>());
    return words ? *std::move(words) : std::vector<Address>();
}

std::vector<NamedObject> FrameSlots::names(const PythonFrame& frame)
{
    const CodeSlots& known = slots_of(frame.code->address);
    const std::vector<Address> words = read_words(frame, 0, known.slots.size());
    std::vector<NamedObject> names;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const Address at = read_slot(memory_, layout_, known.slots[i], words[i])) {
            names.push_back({.name = known.slots[i].name, .object = at});
        }
    }
    return names;
}

Address FrameSlots::find(const PythonFrame& frame, std::string_view name)
{
    const CodeSlots& known = slots_of(frame.code->address);
    const auto slot = std::ranges::find(known.slots, name, &CodeSlot::name);
    if (slot == known.slots.end()) {
        return {};
    }
    const auto index = static_cast<std::uint64_t>(slot - known.slots.begin());
    const std::vector<Address> words = read_words(frame, index, 1);
    return words.empty() ? Address{} : read_slot(memory_, layout_, *slot, words.front());
}

std::vector<Address> FrameSlots::value_stack(const PythonFrame& frame)
{
    constexpr std::int32_t most = 1024;
    const Address code = frame.code->address;
    const auto first = read_field(memory_, code, layout_.code.locals_plus_count, "code object");
    const auto size = read_field(memory_, code, layout_.code.stack_size, "code object");
    if (!first || !size || *first < 0 || *size <= 0) {
        return {};
    }
    std::vector<Address> objects = read_words(frame, static_cast<std::uint64_t>(*first),
                                              static_cast<std::uint64_t>(std::min(*size, most)));
    for (Address& object : objects) {
        object = read_reference(layout_, object);
    }
    std::erase_if(objects, [](Address object) { return !is_aligned(object); });
    return objects;
}

Address FrameSlots::globals(const PythonFrame& frame) const
{
    return frame.address
               ? read_field(memory_, frame.address, layout_.frame.globals, "frame").value_or({})
               : Address{};
}

const std::string& FrameSlots::module_of(const PythonFrame& frame)
{
    const Address dict = globals(frame);
    if (const auto known = modules_.find(dict.value); known != modules_.end()) {
        return known->second;
    }
    // A module's dict has it first.
    constexpr std::uint64_t most_entries = 1024;
    Limits limits = limits_;
    limits.max_text_bytes = longest_name;
    limits.max_dict_entries = std::min(most_entries, budget_.value_slots);
    const auto entries = walk_dict(memory_, layout_, dict, limits);
    budget_.value_slots -= std::min(budget_.value_slots, entries.visited);
    auto text =
        read_text(memory_, layout_, find_entry(memory_, layout_, entries, "__name__"), limits);
    return modules_.emplace(dict.value, text ? *std::move(text) : std::string()).first->second;
}

}  // namespace pycore
