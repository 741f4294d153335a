#include "crash/python_types.hpp"

#include <algorithm>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "pycore/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

Address find_type(const Memory& memory, const Layout& layout, Address interpreter)
{
    const auto dict = read_field(memory, interpreter, layout.interpreter.sys_dict, "interpreter");
    const auto dict_type = dict ? read_type(memory, layout, *dict) : dict;
    const auto type = dict_type ? read_type(memory, layout, *dict_type) : dict_type;
    const auto itself = type ? read_type(memory, layout, *type) : type;
    return itself && *itself == *type ? *type : Address{};
}

}  // namespace

PythonTypes::PythonTypes(const Memory& memory,
                         const Layout& layout,
                         Address interpreter,
                         const Limits& limits)
    : memory_(memory),
      layout_(layout),
      limits_(limits),
      type_(find_type(memory, layout, interpreter)),
      builtins_(read_field(memory, interpreter, layout.interpreter.builtins, "interpreter")
                    .value_or(Address{}))
{
}

std::string PythonTypes::type_name(Address at) const
{
    if (!type_ || !is_aligned(at) || is_freed(memory_, layout_, at)) {
        return {};
    }
    const auto type = read_type(memory_, layout_, at);
    const auto flags = type && is_type(*type)
                           ? read_field(memory_, *type, layout_.type.flags, "type object")
                           : Result<std::uint64_t>(Fault{FaultCode::bad_format, at.value, "type"});
    if (!flags) {
        return {};
    }
    if ((*flags & type_flag::heap_type) == 0) {
        return static_name(*type);
    }
    const auto name = read_field(memory_, *type, layout_.type.heap_name, "type object");
    return name ? read_text(memory_, layout_, *name, limits_).value_or({}) : std::string();
}

/// A type's type is `type` or derives from it, and so do all that follow.
bool PythonTypes::is_type(Address at) const
{
    constexpr int most_metatypes = 8;
    for (int step = 0; step < most_metatypes; ++step) {
        const auto metatype = is_aligned(at) ? read_type(memory_, layout_, at) : Result(Address{});
        if (!metatype || !is_aligned(*metatype)) {
            return false;
        }
        if (*metatype == type_) {
            return true;
        }
        const auto flags = read_field(memory_, *metatype, layout_.type.flags, "type object");
        if (!flags || (*flags & type_flag::type) == 0) {
            return false;
        }
        at = *metatype;
    }
    return false;
}

std::string PythonTypes::static_name(Address type) const
{
    const auto at = read_field(memory_, type, layout_.type.name, "type object");
    const auto name = at ? memory_.read_c_string(*at, longest_name, "name of a type")
                         : Result<std::string>(at.fault());
    return name && is_printable(*name) ? *name : builtin_name(type);
}

/// Names of static types are read-only data, which a kernel's core does not hold.
std::string PythonTypes::builtin_name(Address type) const
{
    const auto entries = walk_dict(memory_, layout_, builtins_, limits_).items;
    const auto found = std::ranges::find(entries, type, &DictEntry::value);
    return found == entries.end() ? std::string()
                                  : read_text(memory_, layout_, found->key, limits_).value_or({});
}

}  // namespace pycore
