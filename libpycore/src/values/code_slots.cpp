#include "values/code_slots.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "base/try.hpp"
#include "objects/bytes.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// `_PyLocals_Kind`, pycore_code.h; the same since 3.11, the hidden ones since 3.12.
constexpr std::uint8_t kind_hidden = 0x10;
constexpr std::uint8_t kind_local = 0x20;
constexpr std::uint8_t kind_cell = 0x40;
constexpr std::uint8_t kind_free = 0x80;

// `co_flags`.
constexpr std::int32_t flag_optimized = 1;
constexpr std::int32_t flag_var_positional = 4;
constexpr std::int32_t flag_var_keyword = 8;

constexpr std::size_t longest_name = 1024;

/// How many arguments of each kind a code object has, in the order of its slots.
using ArgumentCounts = std::array<std::pair<ArgumentKind, std::int64_t>, 5>;

std::optional<ArgumentKind> argument_at(const ArgumentCounts& counts, std::int64_t index)
{
    for (const auto& [kind, count] : counts) {
        if (index < count) {
            return kind;
        }
        index -= count;
    }
    return std::nullopt;
}

Result<ArgumentCounts> read_arguments(const Record& record, const CodeLayout& layout)
{
    PYCORE_TRY(const std::int32_t positional, record.get(layout.argument_count));
    PYCORE_TRY(const std::int32_t positional_only, record.get(layout.positional_only_count));
    PYCORE_TRY(const std::int32_t keyword_only, record.get(layout.keyword_only_count));
    PYCORE_TRY(const std::int32_t flags, record.get(layout.flags));
    if (positional_only < 0 || positional < positional_only || keyword_only < 0) {
        return Fault{FaultCode::bad_format, record.at().value, "code object"};
    }
    return ArgumentCounts{{{ArgumentKind::positional_only, positional_only},
                           {ArgumentKind::positional_or_keyword, positional - positional_only},
                           {ArgumentKind::keyword_only, keyword_only},
                           {ArgumentKind::var_positional, (flags & flag_var_positional) != 0},
                           {ArgumentKind::var_keyword, (flags & flag_var_keyword) != 0}}};
}

VariableKind kind_of(std::uint8_t bits, bool is_argument)
{
    if (is_argument) {
        return VariableKind::argument;
    }
    if ((bits & kind_free) != 0) {
        return VariableKind::free;
    }
    return (bits & kind_cell) != 0 ? VariableKind::cell : VariableKind::local;
}

/// Whether the object can be a cell: of a static type of the collector's whose instances are as
/// large. What else is as large (float) is not the collector's.
bool is_cell(const Memory& memory, const Layout& layout, Address at)
{
    constexpr std::uint64_t has_gc = std::uint64_t{1} << 14;
    const auto type = is_aligned(at) ? read_type(memory, layout, at) : Result<Address>(Address{});
    if (!type || !*type) {
        return false;
    }
    const auto flags = read_field(memory, *type, layout.type.flags, "type object");
    const auto size = read_field(memory, *type, layout.type.basic_size, "type object");
    return flags && size && (*flags & has_gc) != 0 && (*flags & type_flag::heap_type) == 0 &&
           *size == layout.cell.value.offset + std::int64_t{8};
}

}  // namespace

Result<CodeSlots> read_code_slots(
    const Memory& memory, const Layout& layout, Address code, const Limits& limits, Budget& budget)
{
    PYCORE_TRY(const Record record, Record::read(memory, code, layout.code.size, "code object"));
    PYCORE_TRY(const ArgumentCounts arguments, read_arguments(record, layout.code));
    PYCORE_TRY(const std::int32_t flags, record.get(layout.code.flags));
    PYCORE_TRY(const std::int32_t count, record.get(layout.code.locals_plus_count));
    PYCORE_TRY(const Address names, record.get(layout.code.locals_plus_names));
    PYCORE_TRY(const Address kinds_at, record.get(layout.code.locals_plus_kinds));
    PYCORE_CHECK(expect_type(memory, layout, names, type_flag::tuple, "names of locals"));
    PYCORE_TRY(const std::int64_t size,
               read_field(memory, names, layout.tuple.size, "names of locals"));
    PYCORE_TRY(const auto kinds,
               read_bytes_object(memory, layout, kinds_at, limits.max_line_table_bytes));
    const auto first = offset_by(names, layout.tuple.items.offset);
    if (count < 0 || size != count || kinds.size() != static_cast<std::size_t>(count) || !first) {
        return Fault{FaultCode::bad_format, code.value, "names of locals"};
    }
    CodeSlots result;
    std::vector<Address> items(std::min(kinds.size(), limits.max_locals));
    result.complete = items.size() == kinds.size();
    PYCORE_CHECK(
        memory.read_bytes(*first, std::as_writable_bytes(std::span(items)), "names of locals"));
    Limits name_limits = limits;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto bits = static_cast<std::uint8_t>(kinds[i]);
        name_limits.max_text_bytes =
            static_cast<std::size_t>(std::min<std::uint64_t>(longest_name, budget.code_bytes));
        auto name = read_text(memory, layout, items[i], name_limits);
        CodeSlot& slot = result.slots.emplace_back();
        slot.name = name ? *std::move(name) : "?";
        slot.argument = (bits & kind_local) != 0
                            ? argument_at(arguments, static_cast<std::int64_t>(i))
                            : std::nullopt;
        slot.kind = kind_of(bits, slot.argument.has_value());
        // The body of a class sees names of functions around it that are not its own.
        slot.hidden = (bits & kind_hidden) != 0 ||
                      (slot.kind == VariableKind::free && (flags & flag_optimized) == 0);
        slot.in_cell = (bits & (kind_cell | kind_free)) != 0;
        budget.code_bytes -= std::min<std::uint64_t>(budget.code_bytes, slot.name.size());
    }
    return result;
}

Address read_reference(const Layout& layout, Address word)
{
    // With tag bits null is 1, and both bits say that it is no reference.
    const std::uint64_t tags = word.value & layout.frame.tag_mask;
    const bool is_number = tags != 0 && tags == layout.frame.tag_mask;
    return is_number ? Address{} : Address{word.value & ~layout.frame.tag_mask};
}

Address read_slot(const Memory& memory, const Layout& layout, const CodeSlot& slot, Address word)
{
    const Address at = read_reference(layout, word);
    if (!at || !slot.in_cell || !is_cell(memory, layout, at)) {
        return at;
    }
    return read_field(memory, at, layout.cell.value, "cell").value_or(at);
}

}  // namespace pycore
