#include "objects/object.hpp"
#include "pycore/text.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

}  // namespace

std::string display(const TypeName& name)
{
    const bool bare = name.module.empty() || name.module == "builtins" || name.qualified.empty();
    return bare ? name.qualified : name.module + '.' + name.qualified;
}

bool KnownTypes::is_heap_type(Address type) const
{
    const auto flags = read_field(memory_, type, layout_.type.flags, "type object");
    return flags && (*flags & type_flag::heap_type) != 0;
}

/// "collections.deque"; of a class written in Python without its module.
std::optional<std::string> KnownTypes::read_c_name(Address type) const
{
    const auto at = read_field(memory_, type, layout_.type.name, "type object");
    if (!at || !*at) {
        return std::nullopt;
    }
    const auto name = memory_.read_c_string(*at, longest_name, "name of a type");
    return name && !name->empty() && is_printable(*name) ? std::optional(*name) : std::nullopt;
}

TypeName KnownTypes::name_of(Address type)
{
    constexpr std::size_t most_kept = 4096;
    if (const auto known = names_.find(type); known != names_.end()) {
        return known->second;
    }
    TypeName name = read_name(type);
    if (names_.size() < most_kept) {
        names_.emplace(type, name);
    }
    return name;
}

TypeName KnownTypes::read_name(Address type)
{
    if (is_heap_type(type)) {
        const auto at = read_field(memory_, type, layout_.type.heap_qualified_name, "type object");
        return {.module = read_heap_module(type),
                .qualified = read_short_text(at.value_or(Address{}))};
    }
    if (const auto known = builtin_names_.find(type); known != builtin_names_.end()) {
        return {.module = "builtins", .qualified = known->second};
    }
    const auto name = read_c_name(type);
    if (!name) {
        learn_module_names();
        const auto known = module_names_.find(type);
        return known != module_names_.end() ? known->second : TypeName{};
    }
    const std::size_t dot = name->rfind('.');
    return dot == std::string::npos
               ? TypeName{.module = "builtins", .qualified = *name}
               : TypeName{.module = name->substr(0, dot), .qualified = name->substr(dot + 1)};
}

/// `__module__` of its dict. A class statement sets it first, the C API after all methods.
std::string KnownTypes::read_heap_module(Address type)
{
    return read_short_text(find_in_class(type, "__module__"));
}

std::string KnownTypes::c_name_of(Address type)
{
    const auto name = is_heap_type(type) ? read_c_name(type) : std::nullopt;
    return name ? *name : display(name_of(type));
}

}  // namespace pycore
