#include "values/frame_variables.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/try.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
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
// Beside its texts a variable costs about this much to keep.
constexpr std::uint64_t own_cost = 64;

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

const VariableReader::Slots& VariableReader::slots_of(Address code)
{
    if (const auto known = codes_.find(code.value); known != codes_.end()) {
        return known->second;
    }
    auto slots = read_slots(code);
    return codes_
        .emplace(code.value, slots ? *std::move(slots) : Slots{.slots = {}, .complete = false})
        .first->second;
}

Result<VariableReader::Slots> VariableReader::read_slots(Address code)
{
    PYCORE_TRY(const Record record, Record::read(memory_, code, layout_.code.size, "code object"));
    PYCORE_TRY(const ArgumentCounts arguments, read_arguments(record, layout_.code));
    PYCORE_TRY(const std::int32_t flags, record.get(layout_.code.flags));
    PYCORE_TRY(const std::int32_t count, record.get(layout_.code.locals_plus_count));
    PYCORE_TRY(const Address names, record.get(layout_.code.locals_plus_names));
    PYCORE_TRY(const Address kinds_at, record.get(layout_.code.locals_plus_kinds));
    PYCORE_CHECK(expect_type(memory_, layout_, names, type_flag::tuple, "names of locals"));
    PYCORE_TRY(const std::int64_t size,
               read_field(memory_, names, layout_.tuple.size, "names of locals"));
    PYCORE_TRY(const auto kinds,
               read_bytes_object(memory_, layout_, kinds_at, limits_.max_line_table_bytes));
    const auto first = offset_by(names, layout_.tuple.items.offset);
    if (count < 0 || size != count || kinds.size() != static_cast<std::size_t>(count) || !first) {
        return Fault{FaultCode::bad_format, code.value, "names of locals"};
    }
    Slots result;
    std::vector<Address> items(std::min(kinds.size(), limits_.max_locals));
    result.complete = items.size() == kinds.size();
    PYCORE_CHECK(
        memory_.read_bytes(*first, std::as_writable_bytes(std::span(items)), "names of locals"));
    Limits limits = limits_;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto bits = static_cast<std::uint8_t>(kinds[i]);
        limits.max_text_bytes =
            static_cast<std::size_t>(std::min<std::uint64_t>(longest_name, budget_.code_bytes));
        auto name = read_text(memory_, layout_, items[i], limits);
        Slot& slot = result.slots.emplace_back();
        slot.name = name ? *std::move(name) : "?";
        slot.argument = (bits & kind_local) != 0
                            ? argument_at(arguments, static_cast<std::int64_t>(i))
                            : std::nullopt;
        slot.kind = kind_of(bits, slot.argument.has_value());
        // The body of a class sees names of functions around it that are not its own.
        slot.hidden = (bits & kind_hidden) != 0 ||
                      (slot.kind == VariableKind::free && (flags & flag_optimized) == 0);
        slot.in_cell = (bits & (kind_cell | kind_free)) != 0;
        budget_.code_bytes -= std::min<std::uint64_t>(budget_.code_bytes, slot.name.size());
    }
    return result;
}

/// The object a slot is bound to, or null.
Address VariableReader::unwrap(const Slot& slot, Address word) const
{
    // With tag bits null is 1, and both bits say that it is no reference.
    const std::uint64_t tags = word.value & layout_.frame.tag_mask;
    const Address at{word.value & ~layout_.frame.tag_mask};
    if (!at || (tags != 0 && tags == layout_.frame.tag_mask)) {
        return {};
    }
    if (!slot.in_cell || !is_cell(memory_, layout_, at)) {
        return at;
    }
    return read_field(memory_, at, layout_.cell.value, "cell").value_or(at);
}

FrameVariables VariableReader::read_locals(const FramePlace& place)
{
    FrameVariables result;
    if (spent()) {
        result.complete = false;
        return result;
    }
    const Slots& known = slots_of(place.code);
    result.complete = known.complete;
    const auto first = offset_by(place.frame, layout_.frame.locals_plus.offset);
    std::vector<Address> words(known.slots.size());
    if (!first || !memory_.read_bytes(*first, std::as_writable_bytes(std::span(words)), "locals")) {
        result.complete = false;
        return result;
    }
    result.locals.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Slot& slot = known.slots[i];
        const Address value = unwrap(slot, words[i]);
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
    if (filter_.is_secret_name(variable.name)) {
        variable.value = printer_.print(value);
        variable.value.redacted =
            filter_.redact_named(variable.value.text, where) || variable.value.redacted;
        return;
    }
    PrintedObject object = printer_.print_with_attributes(value);
    variable.value = std::move(object.value);
    variable.attributes = std::move(object.attributes);
    for (Attribute& attribute : variable.attributes) {
        if (filter_.is_secret_name(attribute.name)) {
            attribute.value.redacted =
                filter_.redact_named(attribute.value.text, where) || attribute.value.redacted;
        }
    }
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
