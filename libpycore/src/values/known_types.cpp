#include "values/known_types.hpp"

#include <algorithm>
#include <array>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_kept = 4096;

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

}  // namespace

KnownTypes::KnownTypes(const Memory& memory,
                       const Layout& layout,
                       Address interpreter,
                       const Limits& limits,
                       Budget& budget)
    : memory_(memory), layout_(layout), limits_(limits), budget_(budget), interpreter_(interpreter)
{
    add_builtins();
    add_from_modules();
}

Address KnownTypes::read_repr(Address type) const
{
    return read_field(memory_, type, layout_.type.repr, "type object").value_or(Address{});
}

// A program may put anything under these names; a class of its own would be a heap type.
void KnownTypes::add(Address type, std::string_view name)
{
    if (!is_type(type) || is_heap_type(type)) {
        return;
    }
    builtin_names_.try_emplace(type, name);
    const Printing* printing = pycore::find_printing(&TypeFamily::types, "builtins", name);
    const Address repr = read_repr(type);
    if (printing != nullptr && repr) {
        printers_.push_back({repr, printing});
    }
}

void KnownTypes::add_builtins()
{
    const auto dict =
        read_field(memory_, interpreter_, layout_.interpreter.builtins, "interpreter");
    const auto entries = walk_dict(memory_, layout_, dict.value_or(Address{}), limits_);
    for (const DictEntry& entry : entries.items) {
        const auto type = read_type(memory_, layout_, entry.value);
        const auto name = read_text(memory_, layout_, entry.key, limits_);
        if (!type || !name) {
            continue;
        }
        const auto instance = std::ranges::find(instances, *name, &Instance::name);
        if (instance != instances.end()) {
            add(*type, instance->type);
        } else if (is_type(entry.value)) {
            add(entry.value, *name);
        }
    }
}

// `builtins` itself is a module, and the import system has functions written in Python.
void KnownTypes::add_from_modules()
{
    const auto modules =
        read_field(memory_, interpreter_, layout_.interpreter.modules, "interpreter");
    const Address builtins = find_in(modules.value_or(Address{}), "builtins");
    add(read_type(memory_, layout_, builtins).value_or(Address{}), "module");
    const Address import = find_in(modules.value_or(Address{}), "_frozen_importlib");
    const auto names = read_module_dict(memory_, layout_, import);
    const Address function = find_in(names.value_or(Address{}), "_find_and_load");
    add(read_type(memory_, layout_, function).value_or(Address{}), "function");
}

Address KnownTypes::find_module(std::string_view name)
{
    const auto modules =
        read_field(memory_, interpreter_, layout_.interpreter.modules, "interpreter");
    const Address module = find_in(modules.value_or(Address{}), name);
    return module ? read_module_dict(memory_, layout_, module).value_or(Address{}) : Address{};
}

Address KnownTypes::find_in_module(std::string_view module, std::string_view name)
{
    return find_in(find_module(module), name);
}

const Printing* KnownTypes::printing_of(Address type)
{
    if (const auto known = printings_.find(type); known != printings_.end()) {
        return known->second;
    }
    const Printing* printing = find_printing(type);
    if (printings_.size() < most_kept) {
        printings_.emplace(type, printing);
    }
    return printing;
}

/// A class written in Python that inherits from one in C has its `tp_repr`; one that inherits from
/// another with a `__repr__` has what calls that.
const Printing* KnownTypes::find_printing(Address type)
{
    const Address repr = read_repr(type);
    const auto printer = std::ranges::find(printers_, repr, &Printer::repr);
    if (printer != printers_.end()) {
        return printer->printing;
    }
    for (const Address owner : read_mro(type)) {
        if (is_heap_type(owner)) {
            const Address function = find_in_class(owner, "__repr__");
            const auto kind = function ? read_type(memory_, layout_, function) : Address{};
            if (function) {
                return kind && is_exactly(*kind, "function") ? printing_by_function(function)
                                                             : printing_by_name(owner);
            }
        } else if (repr && read_repr(owner) == repr) {
            if (const Printing* printing = printing_by_name(owner); printing != nullptr) {
                return printing;
            }
        }
    }
    return nullptr;
}

const Printing* KnownTypes::printing_by_name(Address type)
{
    const TypeName name = name_of(type);
    return pycore::find_printing(&TypeFamily::types, name.module, name.qualified);
}

bool KnownTypes::is_exactly(Address type, std::string_view builtin) const
{
    const auto found = builtin_names_.find(type);
    if (found != builtin_names_.end()) {
        return found->second == builtin;
    }
    return !is_heap_type(type) && read_c_name(type) == builtin;
}

}  // namespace pycore
