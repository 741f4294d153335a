#include "exceptions/read_exceptions.hpp"

#include <algorithm>

#include "exceptions/exception_tree.hpp"
#include "exceptions/raised_value.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// Generators that run each other while each handles an exception.
constexpr std::size_t most_handled = 64;

}  // namespace

ExceptionReader::Types::Types(const Memory& memory,
                              const Layout& layout,
                              Address interpreter,
                              const Limits& limits,
                              Budget& budget)
    : known(memory, layout, interpreter, limits, budget),
      methods(memory, layout, known, limits),
      values(memory, layout, interpreter, limits, budget)
{
}

ExceptionReader::ExceptionReader(const Memory& memory,
                                 const Layout& layout,
                                 Address interpreter,
                                 CodeCache& codes,
                                 const Limits& limits,
                                 Budget& budget)
    : memory_(memory),
      layout_(layout),
      interpreter_(interpreter),
      codes_(codes),
      limits_(limits),
      budget_(budget)
{
}

ExceptionReader::Types& ExceptionReader::types()
{
    if (!types_) {
        types_.emplace(memory_, layout_, interpreter_, limits_, budget_);
    }
    return *types_;
}

bool ExceptionReader::is_none(Address at)
{
    const auto type = read_type(memory_, layout_, at);
    return type && types().known.is_exactly(*type, "NoneType");
}

ThreadExceptions ExceptionReader::read(Address thread_state)
{
    ThreadExceptions found;
    read_raised(thread_state, found);
    found.raised = !found.items.empty();
    read_handled(thread_state, found);
    return found;
}

void ExceptionReader::add(const Result<RaisedValue>& raised,
                          std::optional<Address> traceback,
                          ThreadExceptions& found)
{
    if (!raised || budget_.exception_bytes == 0 || budget_.deadline.passed()) {
        found.fault = !raised ? std::optional(raised.fault()) : found.fault;
        return;
    }
    const bool known = raised->object && std::ranges::any_of(found.items, [&](const auto& item) {
                           return item.address == raised->object;
                       });
    if (known) {
        return;
    }
    ExceptionSource source{.memory = memory_,
                           .layout = layout_,
                           .limits = limits_,
                           .budget = budget_,
                           .codes = codes_,
                           .types = types().known,
                           .methods = types().methods,
                           .values = types().values};
    found.items.push_back(read_exception_tree(source, *raised, traceback));
}

void ExceptionReader::read_raised(Address thread_state, ThreadExceptions& found)
{
    if (!layout_.thread.current_exception.exists()) {
        read_raised_parts(thread_state, found);
        return;
    }
    const auto at =
        read_field(memory_, thread_state, layout_.thread.current_exception, "thread state");
    if (at && *at) {
        add(read_exception_value(memory_, layout_, *at), std::nullopt, found);
    }
}

void ExceptionReader::read_raised_parts(Address thread_state, ThreadExceptions& found)
{
    const auto part = [&](Field<Address> field) {
        return read_field(memory_, thread_state, field, "thread state").value_or(Address{});
    };
    const Address type = part(layout_.thread.raised_type);
    const Address value = part(layout_.thread.raised_value);
    if (type) {
        add(read_raised_pair(memory_, layout_, type, value, value && is_none(value)),
            part(layout_.thread.raised_traceback), found);
    }
}

void ExceptionReader::read_handled(Address thread_state, ThreadExceptions& found)
{
    auto item = read_field(memory_, thread_state, layout_.thread.exception_item, "thread state");
    for (std::size_t count = 0; item && *item && count < most_handled; ++count) {
        const Address at = *item;
        const auto value =
            read_field(memory_, at, layout_.exception_item.value, "handled exception");
        if (!value) {
            found.fault = value.fault();
        } else if (*value && !is_none(*value)) {
            add(read_exception_value(memory_, layout_, *value), std::nullopt, found);
        }
        item = read_field(memory_, at, layout_.exception_item.previous, "handled exception");
    }
    if (!item) {
        found.fault = item.fault();
    }
}

}  // namespace pycore
