#include <algorithm>
#include <span>

#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"
#include "values/value_writer.hpp"

namespace pycore {

Result<std::vector<Address>> ValueWriter::read_pointers(Address at,
                                                        std::size_t count,
                                                        Label what) const
{
    std::vector<Address> pointers(count);
    PYCORE_CHECK(memory_.read_bytes(at, std::as_writable_bytes(std::span(pointers)), what));
    return pointers;
}

void ValueWriter::write_items(const std::vector<Address>& items, const Shape& shape)
{
    out_ += shape.open;
    bool is_cut = shape.is_cut;
    std::string_view separator;
    for (const Address item : items) {
        out_ += separator;
        separator = ", ";
        if (out_.size() >= limits_.max_value_bytes) {
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

Result<void> ValueWriter::write_list(Address at)
{
    PYCORE_TRY(const std::int64_t size, read_field(memory_, at, layout_.list.size, "list object"));
    PYCORE_TRY(const Address first, read_field(memory_, at, layout_.list.items, "list object"));
    if (size < 0) {
        return Fault{FaultCode::bad_format, at.value, "list object"};
    }
    const auto count = std::min(static_cast<std::size_t>(size), limits_.max_value_items);
    PYCORE_TRY(const auto items, read_pointers(first, count, "items of a list"));
    const bool is_cut = count < static_cast<std::size_t>(size);
    write_items(items, {.open = "[", .close = "]", .is_cut = is_cut});
    return {};
}

Result<void> ValueWriter::write_tuple(Address at)
{
    PYCORE_TRY(const std::int64_t size,
               read_field(memory_, at, layout_.tuple.size, "tuple object"));
    const auto first = offset_by(at, layout_.tuple.items.offset);
    if (size < 0 || !first) {
        return Fault{FaultCode::bad_format, at.value, "tuple object"};
    }
    const auto count = std::min(static_cast<std::size_t>(size), limits_.max_value_items);
    PYCORE_TRY(const auto items, read_pointers(*first, count, "tuple object"));
    write_items(items, {.open = "(",
                        .close = ")",
                        .is_cut = count < static_cast<std::size_t>(size),
                        .has_trailing_comma = size == 1});
    return {};
}

/// The first entries; one more than are printed tells that there are more.
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

Result<void> ValueWriter::write_dict(Address at)
{
    auto entries = read_entries(at);
    if (entries.fault && entries.items.empty()) {
        return *entries.fault;
    }
    const std::size_t count = std::min(entries.items.size(), limits_.max_value_items);
    bool is_cut = count < entries.items.size() || entries.stop == Stop::limit;
    out_ += '{';
    std::string_view separator;
    for (const DictEntry& entry : std::span(entries.items).first(count)) {
        out_ += separator;
        separator = ", ";
        if (out_.size() >= limits_.max_value_bytes) {
            cut();
            is_cut = false;
            break;
        }
        write(entry.key);
        out_ += ": ";
        write(entry.value);
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
    return {};
}

}  // namespace pycore
