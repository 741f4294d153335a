#include <algorithm>
#include <span>

#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "values/value_writer.hpp"

namespace pycore {

Result<std::vector<Address>> ValueWriter::read_pointers(Address at,
                                                        std::size_t count,
                                                        Label what) const
{
    return pycore::read_pointers(memory_, at, count, what);
}

void ValueWriter::write_items(const std::vector<Address>& items, const Shape& shape)
{
    out_ += shape.open;
    bool is_cut = shape.is_cut;
    std::string_view separator;
    for (const Address item : items) {
        out_ += separator;
        separator = ", ";
        if (is_full()) {
            cut();
            is_cut = false;
            break;
        }
        write(item);
    }
    if (is_cut) {
        out_ += separator;
        cut();
    }
    out_ += shape.has_trailing_comma && !is_cut ? "," : "";
    out_ += shape.close;
}

Walk<DictEntry> ValueWriter::read_entries(Address at)
{
    Limits limits = limits_;
    limits.max_dict_entries = std::min<std::uint64_t>(limits_.max_value_items + 1, slots_left_);
    auto entries = walk_dict(memory_, layout_, at, limits);
    if (entries.stop == Stop::limit && entries.items.size() <= limits_.max_value_items) {
        // Deleted entries lie before those in use.
        limits.max_dict_entries = std::min<std::uint64_t>(limits_.max_dict_entries, slots_left_);
        entries = walk_dict(memory_, layout_, at, limits);
    }
    take_slots(entries.visited);
    return entries;
}

void ValueWriter::write_entry(const DictEntry& entry, std::string_view between)
{
    write(entry.key);
    out_ += between;
    const auto is_text = expect_type(memory_, layout_, entry.key, type_flag::text, "key of a dict");
    is_text ? write_named_value(read_name(entry.key), entry.value) : write(entry.value);
}

void ValueWriter::write_entries(Address at, Walk<DictEntry> entries)
{
    const std::size_t count = std::min(entries.items.size(), limits_.max_value_items);
    bool is_cut = count < entries.items.size() || entries.stop == Stop::limit;
    out_ += '{';
    std::string_view separator;
    for (const DictEntry& entry : std::span(entries.items).first(count)) {
        out_ += separator;
        separator = ", ";
        if (is_full()) {
            cut();
            is_cut = false;
            break;
        }
        write_entry(entry, ": ");
    }
    if (is_cut || entries.fault) {
        out_ += separator;
    }
    if (is_cut) {
        cut();
    } else if (entries.fault) {
        write_fault(at, *entries.fault);
    }
    out_ += '}';
}

}  // namespace pycore
