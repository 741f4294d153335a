// deque, and the classes of `collections` that are written in Python.

#include <array>
#include <string>

#include "objects/deque.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

Result<void> write_deque(ValueWriter& writer, Address at, Address type)
{
    const ValueWriter::Inside inside(writer, at);
    if (!inside) {
        writer.put("[...]");
        return {};
    }
    PYCORE_TRY(const auto deque,
               read_deque(writer.memory(), writer.layout(), at, writer.limits().max_value_items));
    if (deque.fault) {
        return *deque.fault;
    }
    const std::string most =
        deque.longest >= 0 ? ", maxlen=" + std::to_string(deque.longest) : std::string();
    writer.write_items(deque.items, {.open = writer.short_name(type) + "([",
                                     .close = ']' + most + ')',
                                     .is_cut = deque.items.size() < deque.size});
    return {};
}

/// `UserDict`, `UserList`: what they keep it in
Result<void> write_data(ValueWriter& writer, Address at, Address type)
{
    const Address data = writer.find_attribute(at, "data");
    data ? writer.write(data) : writer.write_plain_object(at, type);
    return {};
}

constexpr std::array printings{
    Printing{"collections", "deque", write_deque},
};

constexpr std::array functions{
    Printing{"collections", "UserDict.__repr__", write_data, true},
    Printing{"collections", "UserList.__repr__", write_data, true},
    Printing{"collections", "UserString.__repr__", write_data, true},
};

}  // namespace

extern const TypeFamily collections{.types = printings, .functions = functions};

}  // namespace pycore::types
