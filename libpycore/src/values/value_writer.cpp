#include "values/value_writer.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "privacy/redacted_text.hpp"
#include "values/attributes.hpp"

namespace pycore {
namespace {

// A writer calls itself for what an object holds: its stack must do, whatever the limits are.
constexpr std::size_t deepest = 64;
constexpr std::size_t deepest_call = 3 * deepest;
// Places of hash tables and chains that one value may look at, used or not.
constexpr std::uint64_t most_slots = 1 << 20;
constexpr std::size_t longest_name = 1024;

}  // namespace

ValueWriter::ValueWriter(const Memory& memory,
                         const Layout& layout,
                         KnownTypes& types,
                         const Limits& limits,
                         Budget& budget,
                         SecretFilter* secrets)
    : memory_(memory),
      layout_(layout),
      types_(types),
      limits_(limits),
      budget_(budget),
      secrets_(secrets),
      slots_left_(std::min(most_slots, budget.value_slots))
{
}

void ValueWriter::take_slots(std::uint64_t count)
{
    slots_left_ -= std::min(slots_left_, count);
    budget_.value_slots -= std::min(budget_.value_slots, count);
}

void ValueWriter::put_address(Address at)
{
    out_ += hex(at.value);
}

void ValueWriter::cut()
{
    out_ += "...";
    truncated_ = true;
}

void ValueWriter::write_corrupt(std::string_view reason, Address at)
{
    corrupt_ = true;
    out_ += "<corrupt: " + std::string(reason) + " at " + hex(at.value) + '>';
}

void ValueWriter::write_fault(Address at, const Fault& fault)
{
    const std::string what(fault.what.text());
    switch (fault.code) {
    case FaultCode::not_saved:
    case FaultCode::truncated:
    case FaultCode::cancelled:
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
    if (is_full() || nesting_ >= deepest_call || budget_.deadline.passed()) {
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
    ++nesting_;
    const auto done = write_object(at);
    --nesting_;
    if (!done) {
        write_fault(at, done.fault());
    }
}

Result<void> ValueWriter::write_object(Address at)
{
    PYCORE_TRY(const Address type, read_type(memory_, layout_, at));
    const Printing* printing = types_.printing_of(type);
    if (printing != nullptr) {
        return printing->write(*this, at, type);
    }
    write_plain_object(at, type);
    return {};
}

/// A class is named whatever prints it.
void ValueWriter::write_plain_object(Address at, Address type)
{
    const auto flags = read_field(memory_, type, layout_.type.flags, "type object");
    const bool is_class = flags && (*flags & type_flag::type) != 0;
    const std::string name = display(types_.name_of(is_class ? at : type));
    if (is_class) {
        out_ += name.empty() ? "<class at " + hex(at.value) + '>' : "<class '" + name + "'>";
        return;
    }
    out_ += '<' + (name.empty() ? "object of type " + hex(type.value) : name + " object");
    out_ += " at " + hex(at.value) + '>';
}

/// The one place that knows a value and what it is called. A secret is printed apart, as far as it
/// may be found elsewhere.
void ValueWriter::write_named_value(std::string_view name, Address value)
{
    constexpr std::size_t enough = 4096;
    if (secrets_ == nullptr || !secrets_->is_secret_name(name)) {
        write(value);
        return;
    }
    Limits limits = limits_;
    limits.max_value_bytes = std::min(limits.max_value_bytes, enough);
    ValueWriter writer(memory_, layout_, types_, limits, budget_, nullptr);
    writer.write(value);
    redacted_ = secrets_->redact_named(writer.out_, "variables") || redacted_;
    truncated_ = truncated_ || (writer.truncated_ && writer.out_ != redacted_text);
    corrupt_ = corrupt_ || writer.corrupt_;
    out_ += writer.out_;
}

ValueWriter::Inside::Inside(ValueWriter& writer, Address at, Again again) : writer_(writer)
{
    const bool recursive =
        again == Again::never && std::ranges::find(writer.path_, at) != writer.path_.end();
    const std::size_t most = std::min(writer.limits_.max_value_depth, deepest);
    entered_ = !recursive && writer.path_.size() < most;
    if (entered_) {
        writer.path_.push_back(at);
    } else {
        writer.truncated_ = writer.truncated_ || !recursive;
    }
}

ValueWriter::Inside::~Inside()
{
    if (entered_) {
        writer_.path_.pop_back();
    }
}

std::string ValueWriter::read_name(Address text) const
{
    Limits limits = limits_;
    limits.max_text_bytes = longest_name;
    return read_text(memory_, layout_, text, limits).value_or("?");
}

std::string ValueWriter::short_name(Address type) const
{
    if (types_.is_heap_type(type)) {
        const auto name = read_field(memory_, type, layout_.type.heap_name, "type object");
        Limits limits = limits_;
        limits.max_text_bytes = longest_name;
        if (const auto text = read_text(memory_, layout_, name.value_or(Address{}), limits)) {
            return *text;
        }
    }
    const std::string name = types_.name_of(type).qualified;
    return name.substr(name.rfind('.') + 1);  // all of it where there is no dot
}

bool ValueWriter::is_none(Address at) const
{
    const auto type = read_type(memory_, layout_, at);
    return type && types_.is_exactly(*type, "NoneType");
}

Address ValueWriter::find_own_attribute(Address at, std::string_view name)
{
    if (at != attributes_of_) {
        Limits limits = limits_;
        limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, slots_left_);
        attributes_ = walk_own_attributes(memory_, layout_, types_, at, limits);
        attributes_of_ = at;
        take_slots(attributes_.visited);
    }
    return find_entry(memory_, layout_, attributes_, name);
}

Address ValueWriter::find_attribute(Address at, std::string_view name)
{
    if (const Address own = find_own_attribute(at, name)) {
        return own;
    }
    const auto type = read_type(memory_, layout_, at);
    return type ? types_.find_in_classes(*type, name).value : Address{};
}

std::string ValueWriter::text_attribute(Address at, std::string_view name)
{
    return read_name(find_attribute(at, name));
}

}  // namespace pycore
