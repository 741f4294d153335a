#include "values/known_types.hpp"

#include <algorithm>
#include <array>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "pycore/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

struct NamedKind {
    std::string_view name;
    ValueKind kind;
};

// Names in `builtins`, which are the types' own.
constexpr std::array types{
    NamedKind{"object", ValueKind::other},
    NamedKind{"bool", ValueKind::boolean},
    NamedKind{"int", ValueKind::integer},
    NamedKind{"float", ValueKind::floating},
    NamedKind{"complex", ValueKind::complex},
    NamedKind{"str", ValueKind::text},
    NamedKind{"bytes", ValueKind::bytes},
    NamedKind{"bytearray", ValueKind::byte_array},
    NamedKind{"tuple", ValueKind::tuple},
    NamedKind{"list", ValueKind::list},
    NamedKind{"dict", ValueKind::dict},
    NamedKind{"set", ValueKind::set},
    NamedKind{"frozenset", ValueKind::set},
    NamedKind{"range", ValueKind::range},
    NamedKind{"slice", ValueKind::slice},
    NamedKind{"type", ValueKind::type},
    NamedKind{"NoneType", ValueKind::none},
    NamedKind{"ellipsis", ValueKind::ellipsis},
    NamedKind{"module", ValueKind::module},
    NamedKind{"function", ValueKind::function},
    NamedKind{"NotImplementedType", ValueKind::not_implemented},
};

struct Instance {
    std::string_view name;  ///< in `builtins`
    std::string_view type;
};

// Types that have no name there, by their instances.
constexpr std::array instances{
    Instance{"None", "NoneType"},
    Instance{"Ellipsis", "ellipsis"},
    Instance{"NotImplemented", "NotImplementedType"},
    Instance{"len", "builtin_function_or_method"},
};

ValueKind kind_named(std::string_view name)
{
    const auto found = std::ranges::find(types, name, &NamedKind::name);
    return found == types.end() ? ValueKind::other : found->kind;
}

}  // namespace

KnownTypes::KnownTypes(const Memory& memory,
                       const Layout& layout,
                       Address interpreter,
                       const Limits& limits)
    : memory_(memory), layout_(layout), limits_(limits), slots_left_(limits.max_dict_entries)
{
    add_builtins(interpreter);
    add_from_modules(interpreter);
}

// A program may put anything under these names; a class of its own would be a heap type.
void KnownTypes::add(Address type, std::string_view name, ValueKind kind)
{
    if (!is_type(type) || is_heap_type(type)) {
        return;
    }
    builtin_names_.try_emplace(type, name);
    const auto repr = read_field(memory_, type, layout_.type.repr, "type object");
    if (kind != ValueKind::other && repr && *repr) {
        printers_.push_back({*repr, kind});
    }
}

void KnownTypes::add_builtins(Address interpreter)
{
    const auto dict = read_field(memory_, interpreter, layout_.interpreter.builtins, "interpreter");
    const auto entries = walk_dict(memory_, layout_, dict.value_or(Address{}), limits_);
    for (const DictEntry& entry : entries.items) {
        const auto type = read_type(memory_, layout_, entry.value);
        const auto name = read_text(memory_, layout_, entry.key, limits_);
        if (!type || !name) {
            continue;
        }
        const auto instance = std::ranges::find(instances, *name, &Instance::name);
        if (instance != instances.end()) {
            add(*type, instance->type, kind_named(instance->type));
        } else if (is_type(entry.value)) {
            add(entry.value, *name, kind_named(*name));
        }
    }
}

// `builtins` itself is a module, and the import system has functions written in Python.
void KnownTypes::add_from_modules(Address interpreter)
{
    const auto modules =
        read_field(memory_, interpreter, layout_.interpreter.modules, "interpreter");
    const auto find = [&](Address dict, std::string_view name) {
        return find_in_dict(memory_, layout_, dict, name, limits_).value_or(Address{});
    };
    const Address builtins = find(modules.value_or(Address{}), "builtins");
    add(read_type(memory_, layout_, builtins).value_or(Address{}), "module", ValueKind::module);
    const Address import = find(modules.value_or(Address{}), "_frozen_importlib");
    const auto names = read_module_dict(memory_, layout_, import);
    const Address function = find(names.value_or(Address{}), "_find_and_load");
    add(read_type(memory_, layout_, function).value_or(Address{}), "function", ValueKind::function);
}

ValueKind KnownTypes::kind_of(Address type) const
{
    const auto repr = read_field(memory_, type, layout_.type.repr, "type object");
    const auto found = std::ranges::find(printers_, repr.value_or(Address{}), &Printer::repr);
    return found == printers_.end() ? kind_by_name(type) : found->kind;
}

// Where `builtins` is gone, as at the end of a process, the names are read-only data of a file.
ValueKind KnownTypes::kind_by_name(Address type) const
{
    const auto name = is_heap_type(type) ? std::nullopt : read_static_name(type);
    return name ? kind_named(*name) : ValueKind::other;
}

bool KnownTypes::is_exactly(Address type, std::string_view builtin) const
{
    const auto found = builtin_names_.find(type);
    if (found != builtin_names_.end()) {
        return found->second == builtin;
    }
    return !is_heap_type(type) && read_static_name(type) == builtin;
}

}  // namespace pycore
