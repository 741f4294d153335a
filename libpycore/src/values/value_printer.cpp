#include "values/value_printer.hpp"

#include <algorithm>
#include <utility>

#include "objects/instance.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "values/value_writer.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

}  // namespace

ValuePrinter::ValuePrinter(const Memory& memory,
                           const Layout& layout,
                           Address interpreter,
                           const Limits& limits,
                           Budget& budget)
    : memory_(memory),
      layout_(layout),
      limits_(limits),
      budget_(budget),
      types_(memory, layout, interpreter, limits)
{
}

Value ValuePrinter::print_within(Address at, const Limits& limits)
{
    ValueWriter writer(memory_, layout_, types_, limits, budget_);
    writer.write(at);
    Value value{.type = {},
                .text = std::move(writer).text(),
                .address = at,
                .truncated = writer.is_truncated()};
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

PrintedObject ValuePrinter::print_with_attributes(Address at)
{
    PrintedObject object{.value = print(at), .attributes = {}};
    const auto type = read_type(memory_, layout_, at);
    if (types_.find_corruption(at) || !type || types_.kind_of(*type) != ValueKind::other) {
        return object;
    }
    Limits limits = limits_;
    limits.max_text_bytes = longest_name;
    limits.max_dict_entries = limits_.max_value_items;
    const auto entries = walk_attributes(memory_, layout_, at, limits);
    object.value.truncated = object.value.truncated || entries.stop == Stop::limit;
    for (const DictEntry& entry : entries.items) {
        const auto name = read_text(memory_, layout_, entry.key, limits);
        if (!name || limits.max_value_bytes == 0) {
            object.value.truncated = true;
            continue;
        }
        object.attributes.push_back({*name, print_within(entry.value, limits)});
        limits.max_value_bytes -=
            std::min(limits.max_value_bytes, object.attributes.back().value.text.size());
    }
    return object;
}

std::string ValuePrinter::type_name(Address type)
{
    return display(types_.name_of(type));
}

}  // namespace pycore
