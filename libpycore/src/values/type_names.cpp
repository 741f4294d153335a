#include <algorithm>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
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

/// `tp_name`, "collections.deque".
std::optional<std::string> KnownTypes::read_static_name(Address type) const
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
        Limits limits = limits_;
        limits.max_text_bytes = std::min(limits.max_text_bytes, std::size_t{4} * longest_name);
        const auto name = read_text(memory_, layout_, at.value_or(Address{}), limits);
        return {.module = read_heap_module(type), .qualified = name.value_or({})};
    }
    if (const auto known = builtin_names_.find(type); known != builtin_names_.end()) {
        return {.module = "builtins", .qualified = known->second};
    }
    const auto name = read_static_name(type);
    if (!name) {
        return {};
    }
    const std::size_t dot = name->rfind('.');
    return dot == std::string::npos
               ? TypeName{.module = "builtins", .qualified = *name}
               : TypeName{.module = name->substr(0, dot), .qualified = name->substr(dot + 1)};
}

/// `__module__` of its dict. A class statement sets it first, the C API after all methods.
std::string KnownTypes::read_heap_module(Address type)
{
    constexpr std::size_t most_entries = 1024;
    Limits limits = limits_;
    limits.max_dict_entries = std::min(most_entries, slots_left_);
    limits.max_text_bytes = std::min(limits.max_text_bytes, std::size_t{4} * longest_name);
    const auto dict = read_field(memory_, type, layout_.type.dict, "type object");
    const auto entries = walk_dict(memory_, layout_, dict.value_or(Address{}), limits);
    slots_left_ -= std::min<std::size_t>(slots_left_, entries.visited);
    const Address module = find_entry(memory_, layout_, entries, "__module__");
    return read_text(memory_, layout_, module, limits).value_or({});
}

}  // namespace pycore
