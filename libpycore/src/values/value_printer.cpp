#include "values/value_printer.hpp"

#include <utility>

#include "objects/object.hpp"
#include "values/value_writer.hpp"

namespace pycore {

ValuePrinter::ValuePrinter(const Memory& memory,
                           const Layout& layout,
                           Address interpreter,
                           const Limits& limits,
                           const ValueLimits& value_limits)
    : memory_(memory),
      layout_(layout),
      limits_(limits),
      value_limits_(value_limits),
      types_(memory, layout, interpreter, limits)
{
}

PrintedValue ValuePrinter::print(Address at)
{
    ValueWriter writer(memory_, layout_, types_, limits_, value_limits_);
    writer.write(at);
    PrintedValue value{
        .type = {}, .text = std::move(writer).text(), .truncated = writer.is_truncated()};
    if (!types_.find_corruption(at)) {
        const auto type = read_type(memory_, layout_, at);
        value.type = type ? display(types_.name_of(*type)) : std::string();
    }
    return value;
}

}  // namespace pycore
