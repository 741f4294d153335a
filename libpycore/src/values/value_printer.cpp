#include "values/value_printer.hpp"

#include <algorithm>
#include <utility>

#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "values/attributes.hpp"
#include "values/generator_state.hpp"
#include "values/value_writer.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

}  // namespace

ValuePrinter::ValuePrinter(const Memory& memory,
                           const Layout& layout,
                           Address interpreter,
                           const Limits& limits,
                           Budget& budget,
                           SecretFilter* secrets)
    : memory_(memory),
      layout_(layout),
      limits_(limits),
      budget_(budget),
      secrets_(secrets),
      types_(memory, layout, interpreter, limits, budget),
      codes_(memory, layout, limits, budget)
{
}

Value ValuePrinter::print_within(Address at, const Limits& limits)
{
    ValueWriter writer(memory_, layout_, types_, limits, budget_, secrets_);
    writer.write(at);
    Value value{.type = {},
                .text = std::move(writer).text(),
                .address = at,
                .truncated = writer.is_truncated(),
                .redacted = writer.is_redacted(),
                .corrupt = writer.is_corrupt()};
    if (!types_.find_corruption(at)) {
        const auto type = read_type(memory_, layout_, at);
        value.type = type ? type_name(*type) : std::string();
    }
    return value;
}

Value ValuePrinter::print(Address at)
{
    return print_within(at, limits_);
}

void ValuePrinter::add_attributes(PrintedObject& object, Limits limits)
{
    limits.max_text_bytes = longest_name;
    limits.max_dict_entries = std::min<std::uint64_t>(limits_.max_value_items, budget_.value_slots);
    const auto entries =
        walk_own_attributes(memory_, layout_, types_, object.value.address, limits);
    budget_.value_slots -= std::min<std::uint64_t>(budget_.value_slots, entries.visited);
    object.value.truncated = object.value.truncated || entries.stop == Stop::limit;
    for (const DictEntry& entry : entries.items) {
        const auto name = read_text(memory_, layout_, entry.key, limits);
        if (!name || limits.max_value_bytes == 0 ||
            object.attributes.size() >= limits.max_value_items) {
            object.value.truncated = true;
            continue;
        }
        object.attributes.push_back({*name, print_within(entry.value, limits)});
        limits.max_value_bytes -=
            std::min(limits.max_value_bytes, object.attributes.back().value.text.size());
    }
}

PrintedObject ValuePrinter::print_with_attributes(Address at)
{
    PrintedObject object{.value = print(at), .attributes = {}};
    const auto type = read_type(memory_, layout_, at);
    if (types_.find_corruption(at) || !type) {
        return object;
    }
    const auto flags = read_field(memory_, *type, layout_.type.flags, "type object");
    const bool is_class = flags && (*flags & type_flag::type) != 0;
    const Printing* printing = types_.printing_of(*type);
    if (printing != nullptr && printing->is_generator) {
        object.attributes = describe_generator(memory_, layout_, codes_, at);
    } else if (!is_class && (printing == nullptr || !printing->tells_attributes)) {
        add_attributes(object, limits_);
    }
    return object;
}

std::string ValuePrinter::type_name(Address type)
{
    return display(types_.name_of(type));
}

}  // namespace pycore
