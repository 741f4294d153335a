#include "values/generator_state.hpp"

#include <string>

#include "python/record.hpp"

namespace pycore {
namespace {

std::string state_text(std::int8_t state, std::int8_t created)
{
    if (state == created) {
        return "created";
    }
    return state < 0 ? "suspended" : state == 0 ? "running" : "finished";
}

Attribute make(std::string name, std::string text)
{
    Attribute attribute;
    attribute.name = std::move(name);
    attribute.value.text = std::move(text);
    return attribute;
}

std::optional<std::uint32_t> find_line(const Memory& memory,
                                       const Layout& layout,
                                       CodeCache& codes,
                                       Address frame)
{
    constexpr std::uint64_t unit_bytes = 2;
    const auto code = read_field(memory, frame, layout.frame.code, "frame");
    const auto instruction = read_field(memory, frame, layout.frame.instruction, "frame");
    if (!code || !instruction) {
        return std::nullopt;
    }
    CodeObject& object = codes.find(Address{code->value & ~layout.frame.tag_mask});
    if (*instruction < object.bytecode) {
        return std::nullopt;
    }
    const std::uint64_t unit = (instruction->value - object.bytecode.value) / unit_bytes;
    return unit < static_cast<std::uint64_t>(object.units)
               ? codes.position(object, static_cast<std::int64_t>(unit)).line
               : std::nullopt;
}

}  // namespace

std::vector<Attribute> describe_generator(const Memory& memory,
                                          const Layout& layout,
                                          CodeCache& codes,
                                          Address at)
{
    const auto state = read_field(memory, at, layout.generator.frame_state, "generator object");
    if (!state) {
        return {};
    }
    const std::string text = state_text(*state, layout.generator.created);
    std::vector<Attribute> attributes{make("state", text)};
    const auto frame = offset_by(at, layout.generator.frame.offset);
    const auto line =
        *state <= 0 && frame ? find_line(memory, layout, codes, *frame) : std::nullopt;
    if (line) {
        attributes.push_back(make("line", std::to_string(*line)));
    }
    return attributes;
}

}  // namespace pycore
