// OrderedDict.

#include <algorithm>
#include <array>

#include "values/ordered_dict.hpp"

namespace pycore::types {
namespace {

void write_pairs(ValueWriter& writer, const Walk<DictEntry>& entries)
{
    const std::size_t count = std::min(entries.items.size(), writer.limits().max_value_items);
    writer.put("[");
    for (std::size_t index = 0; index < count && !writer.is_full(); ++index) {
        const DictEntry& entry = entries.items[index];
        writer.put(index == 0 ? "" : ", ");
        writer.put("(");
        writer.write_entry(entry, ", ");
        writer.put(")");
    }
    if (count < entries.items.size() || entries.stop != Stop::finished || writer.is_full()) {
        writer.put(", ");
        writer.cut();
    }
    writer.put("]");
}

Result<void> write_ordered_dict(ValueWriter& writer, Address at, Address type)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("...");
        return {};
    }
    auto entries = read_entries_in_order(writer, at);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    writer.put(writer.short_name(type) + '(');
    if (!entries.items.empty() && writer.layout().ordered_dict.prints_pairs != 0) {
        write_pairs(writer, entries);
    } else if (!entries.items.empty()) {
        writer.write_entries(at, std::move(entries));
    }
    writer.put(")");
    return {};
}

constexpr std::array printings{
    Printing{"collections", "OrderedDict", write_ordered_dict},
};

}  // namespace

extern const TypeFamily ordered_dicts{.types = printings};

}  // namespace pycore::types
