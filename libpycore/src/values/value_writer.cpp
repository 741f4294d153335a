#include "values/value_writer.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "base/try.hpp"
#include "objects/object.hpp"

namespace pycore {
namespace {

// A writer calls itself for what an object holds: its stack must do, whatever the limits are.
constexpr std::size_t deepest = 64;
constexpr std::size_t deepest_call = 3 * deepest;
// Places of hash tables that one value may look at, used or not.
constexpr std::uint64_t most_slots = 1 << 20;

bool is_container(ValueKind kind)
{
    return kind == ValueKind::list || kind == ValueKind::tuple || kind == ValueKind::dict ||
           kind == ValueKind::set;
}

}  // namespace

ValueWriter::ValueWriter(const Memory& memory,
                         const Layout& layout,
                         KnownTypes& types,
                         const Limits& limits,
                         Budget& budget)
    : memory_(memory),
      layout_(layout),
      types_(types),
      limits_(limits),
      budget_(budget),
      slots_left_(std::min(most_slots, budget.value_slots))
{
}

void ValueWriter::take_slots(std::uint64_t count)
{
    slots_left_ -= std::min(slots_left_, count);
    budget_.value_slots -= std::min(budget_.value_slots, count);
}

void ValueWriter::cut()
{
    out_ += "...";
    truncated_ = true;
}

void ValueWriter::write_corrupt(std::string_view reason, Address at)
{
    out_ += "<corrupt: " + std::string(reason) + " at " + hex(at.value) + '>';
}

void ValueWriter::write_fault(Address at, const Fault& fault)
{
    const std::string what(fault.what.text());
    switch (fault.code) {
    case FaultCode::not_saved:
    case FaultCode::truncated:
    case FaultCode::io_error: out_ += "<not saved at " + hex(at.value) + '>'; return;
    case FaultCode::limit_reached:
        truncated_ = true;
        out_ += '<' + what + " too large to print at " + hex(at.value) + '>';
        return;
    case FaultCode::unmapped: write_corrupt(what + " not mapped", at); return;
    default: write_corrupt("bad " + what, at); return;
    }
}

void ValueWriter::write(Address at)
{
    if (out_.size() >= limits_.max_value_bytes || nesting_ >= deepest_call ||
        budget_.deadline.passed()) {
        cut();
        return;
    }
    const auto corruption = types_.find_corruption(at);
    if (corruption == "not saved") {
        out_ += "<not saved at " + hex(at.value) + '>';
        return;
    }
    if (corruption) {
        write_corrupt(*corruption, at);
        return;
    }
    const auto type = read_type(memory_, layout_, at);
    ++nesting_;
    const auto done = type ? write_kind(at, *type) : Result<void>(type.fault());
    --nesting_;
    if (!done) {
        write_fault(at, done.fault());
    }
}

Result<void> ValueWriter::write_kind(Address at, Address type)
{
    const ValueKind kind = types_.kind_of(type);
    if (is_container(kind)) {
        return write_container(at, type, kind);
    }
    switch (kind) {
    case ValueKind::byte_array: return write_byte_array(at, type);
    case ValueKind::range: return write_range(at);
    case ValueKind::type: return write_type(at);
    case ValueKind::module: return write_module(at);
    case ValueKind::function: return write_function(at);
    case ValueKind::slice: return write_slice(at);
    case ValueKind::other: write_plain_object(at, type); return {};
    default: return write_scalar(at, kind);
    }
}

Result<void> ValueWriter::write_scalar(Address at, ValueKind kind)
{
    switch (kind) {
    case ValueKind::none: out_ += "None"; return {};
    case ValueKind::ellipsis: out_ += "Ellipsis"; return {};
    case ValueKind::not_implemented: out_ += "NotImplemented"; return {};
    case ValueKind::boolean: return write_boolean(at);
    case ValueKind::integer: return write_integer(at);
    case ValueKind::floating: return write_float(at);
    case ValueKind::complex: return write_complex(at);
    case ValueKind::text: return write_text(at);
    case ValueKind::bytes: return write_bytes(at);
    default: return Fault{FaultCode::unsupported, at.value, "object"};
    }
}

Result<void> ValueWriter::write_container(Address at, Address type, ValueKind kind)
{
    const bool recursive = std::ranges::find(path_, at) != path_.end();
    const std::size_t most = std::min(limits_.max_value_depth, deepest);
    if (recursive || path_.size() >= most) {
        truncated_ = truncated_ || !recursive;
        switch (kind) {
        case ValueKind::list: out_ += "[...]"; return {};
        case ValueKind::tuple: out_ += "(...)"; return {};
        case ValueKind::dict: out_ += "{...}"; return {};
        default: out_ += short_name(type) + "(...)"; return {};
        }
    }
    path_.push_back(at);
    const auto done = kind == ValueKind::list    ? write_list(at)
                      : kind == ValueKind::tuple ? write_tuple(at)
                      : kind == ValueKind::dict  ? write_dict(at)
                                                 : write_set(at, type);
    path_.pop_back();
    return done;
}

}  // namespace pycore
