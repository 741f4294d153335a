// dict, its views, mappingproxy, defaultdict, Counter.

#include <algorithm>
#include <array>

#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "values/ordered_dict.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_dict(ValueWriter& writer, Address at, Address)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("{...}");
        return {};
    }
    auto entries = writer.read_entries(at);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    writer.write_entries(at, std::move(entries));
    return {};
}

// descrobject.c: the mapping follows the header.
Result<void> write_mapping_proxy(ValueWriter& writer, Address at, Address)
{
    PYCORE_TRY(const Address mapping, writer.read_member<Address>(at, 0, "mappingproxy object"));
    writer.write_items({mapping}, {.open = "mappingproxy(", .close = ")"});
    return {};
}

enum class View : std::uint8_t { keys, values, items };

std::string view_name(View view)
{
    switch (view) {
    case View::keys: return "keys";
    case View::values: return "values";
    case View::items: return "items";
    }
    return "?";
}

// dict.h: the dict follows the header.
Result<void> write_view(ValueWriter& writer, Address at, Address type, View view)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("...");
        return {};
    }
    PYCORE_TRY(const Address dict, writer.read_member<Address>(at, 0, "dict view"));
    PYCORE_CHECK(expect_type(writer.memory(), writer.layout(), dict, type_flag::dict, "dict view"));
    const auto entries = read_entries_in_order(writer, dict);
    const std::size_t count = std::min(entries.items.size(), writer.limits().max_value_items);
    const std::string name = writer.short_name(type);
    // An OrderedDict has views of its own, which no module names.
    writer.put((name.empty() ? "odict_" + view_name(view) : name) + "([");
    for (std::size_t index = 0; index < count && !writer.is_full(); ++index) {
        writer.put(index == 0 ? "" : ", ");
        const DictEntry& entry = entries.items[index];
        if (view == View::items) {
            writer.put("(");
            writer.write_entry(entry, ", ");
            writer.put(")");
        } else {
            writer.write(view == View::keys ? entry.key : entry.value);
        }
    }
    if (count < entries.items.size() || entries.stop == Stop::limit || writer.is_full()) {
        writer.put(count == 0 ? "" : ", ");
        writer.cut();
    }
    writer.put("])");
    return {};
}

Result<void> write_keys(ValueWriter& writer, Address at, Address type)
{
    return write_view(writer, at, type, View::keys);
}

Result<void> write_values(ValueWriter& writer, Address at, Address type)
{
    return write_view(writer, at, type, View::values);
}

Result<void> write_view_items(ValueWriter& writer, Address at, Address type)
{
    return write_view(writer, at, type, View::items);
}

// _collectionsmodule.c: the factory follows the dict.
Result<void> write_default_dict(ValueWriter& writer, Address at, Address type)
{
    const Field<Address> member{writer.layout().dict.size};
    PYCORE_TRY(const Address factory,
               read_field(writer.memory(), at, member, "defaultdict object"));
    writer.put(writer.short_name(type) + '(');
    if (!factory) {
        writer.put("None");
    } else if (const ValueWriter::Inside inside(writer, factory); inside) {
        writer.write(factory);
    } else {
        writer.put("...");
    }
    writer.put(", ");
    if (const auto done = write_dict(writer, at, type); !done) {
        writer.write_fault(at, done.fault());
    }
    writer.put(")");
    return {};
}

/// As `most_common()` puts them, which sorts only what can be compared; here that is numbers.
void sort_by_count(const ValueWriter& writer, std::vector<DictEntry>& entries)
{
    std::vector<std::pair<std::int64_t, DictEntry>> counted;
    for (const DictEntry& entry : entries) {
        const auto count = read_digits(writer.memory(), writer.layout(), entry.value, 2);
        if (!count) {
            return;
        }
        std::int64_t value = 0;
        for (std::size_t digit = count->digits.size(); digit-- > 0;) {
            value = (value << 30) + count->digits[digit];
        }
        counted.emplace_back(count->negative ? -value : value, entry);
    }
    std::ranges::stable_sort(counted, std::ranges::greater(),
                             &std::pair<std::int64_t, DictEntry>::first);
    for (std::size_t index = 0; index < entries.size(); ++index) {
        entries[index] = counted[index].second;
    }
}

Result<void> write_counter(ValueWriter& writer, Address at, Address type)
{
    const std::string name = writer.short_name(type);
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put(name + "({...})");
        return {};
    }
    Limits limits = writer.limits();
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, writer.slots_left());
    auto entries = walk_dict(writer.memory(), writer.layout(), at, limits);
    writer.take_slots(entries.visited);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    if (entries.items.empty()) {
        writer.put(name + "()");
        return {};
    }
    sort_by_count(writer, entries.items);
    writer.put(name + '(');
    writer.write_entries(at, std::move(entries));
    writer.put(")");
    return {};
}

constexpr std::array printings{
    Printing{"builtins", "dict", write_dict},
    Printing{"builtins", "mappingproxy", write_mapping_proxy},
    Printing{"builtins", "dict_keys", write_keys},
    Printing{"builtins", "dict_values", write_values},
    Printing{"builtins", "dict_items", write_view_items},
    Printing{"collections", "defaultdict", write_default_dict},
};

constexpr std::array functions{
    Printing{"collections", "Counter.__repr__", write_counter, true},
};

}  // namespace

extern const TypeFamily mappings{.types = printings, .functions = functions};

}  // namespace pycore::types
