#include <algorithm>
#include <array>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {
namespace {

struct Alias {
    std::string_view key;   ///< in the module's dict
    std::string_view name;  ///< of the type, with its module
};

// What `types` calls the types of Python's own machinery.
constexpr std::array types_aliases{
    Alias{"FunctionType", "function"},
    Alias{"GeneratorType", "generator"},
    Alias{"CoroutineType", "coroutine"},
    Alias{"AsyncGeneratorType", "async_generator"},
    Alias{"MethodType", "method"},
    Alias{"WrapperDescriptorType", "wrapper_descriptor"},
    Alias{"MethodWrapperType", "method-wrapper"},
    Alias{"MethodDescriptorType", "method_descriptor"},
    Alias{"ClassMethodDescriptorType", "classmethod_descriptor"},
    Alias{"ModuleType", "module"},
    Alias{"TracebackType", "traceback"},
    Alias{"FrameType", "frame"},
    Alias{"GetSetDescriptorType", "getset_descriptor"},
    Alias{"MemberDescriptorType", "member_descriptor"},
    Alias{"CodeType", "code"},
    Alias{"MappingProxyType", "mappingproxy"},
    Alias{"SimpleNamespace", "types.SimpleNamespace"},
    Alias{"CellType", "cell"},
    Alias{"GenericAlias", "types.GenericAlias"},
    Alias{"CapsuleType", "PyCapsule"},
};

constexpr std::array weakref_aliases{
    Alias{"ReferenceType", "weakref.ReferenceType"},
    Alias{"ProxyType", "weakref.ProxyType"},
    Alias{"CallableProxyType", "weakref.CallableProxyType"},
};

/// Types that are no module's, under their own names.
constexpr std::string_view abstract_collections = "_collections_abc";

constexpr std::size_t longest_name = 256;
constexpr std::size_t most_names = 1 << 16;

TypeName split_name(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos
               ? TypeName{.module = "builtins", .qualified = std::string(name)}
               : TypeName{.module = std::string(name.substr(0, dot)),
                          .qualified = std::string(name.substr(dot + 1))};
}

std::optional<TypeName> name_in(std::string_view module, std::string_view key)
{
    const std::span<const Alias> aliases = module == "types"      ? std::span(types_aliases)
                                           : module == "_weakref" ? std::span(weakref_aliases)
                                                                  : std::span<const Alias>();
    const auto alias = std::ranges::find(aliases, key, &Alias::key);
    if (alias != aliases.end()) {
        return split_name(alias->name);
    }
    if (!aliases.empty()) {
        return std::nullopt;
    }
    return TypeName{.module = module == abstract_collections ? "builtins" : std::string(module),
                    .qualified = std::string(key)};
}

}  // namespace

void KnownTypes::learn_names_in(std::string_view module, Address dict)
{
    Limits limits = limits_;
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, budget_.value_slots);
    limits.max_text_bytes = longest_name;
    const auto entries = walk_dict(memory_, layout_, dict, limits);
    budget_.value_slots -= std::min<std::uint64_t>(budget_.value_slots, entries.visited);
    for (const DictEntry& entry : entries.items) {
        if (module_names_.size() >= most_names || budget_.deadline.passed()) {
            return;
        }
        if (!is_type(entry.value) || is_heap_type(entry.value)) {
            continue;
        }
        const auto key = read_text(memory_, layout_, entry.key, limits);
        const auto name = key ? name_in(module, *key) : std::nullopt;
        if (name) {
            module_names_.try_emplace(entry.value, *name);
        }
    }
}

/// Modules written in C and named like "_collections" often belong to one without the underscore.
void KnownTypes::learn_other_names()
{
    Limits limits = limits_;
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, budget_.value_slots);
    limits.max_text_bytes = longest_name;
    const auto modules =
        read_field(memory_, interpreter_, layout_.interpreter.modules, "interpreter");
    const auto entries = walk_dict(memory_, layout_, modules.value_or(Address{}), limits);
    for (const bool underscored : {false, true}) {
        for (const DictEntry& entry : entries.items) {
            const auto name = read_text(memory_, layout_, entry.key, limits);
            if (name && name->starts_with('_') == underscored && *name != "types" &&
                *name != "builtins" && *name != "__main__") {
                const auto dict = read_module_dict(memory_, layout_, entry.value);
                learn_names_in(*name, dict.value_or(Address{}));
            }
        }
    }
}

void KnownTypes::learn_module_names()
{
    if (has_module_names_) {
        return;
    }
    has_module_names_ = true;
    for (const std::string_view module :
         {std::string_view("types"), std::string_view("_weakref"), abstract_collections,
          std::string_view("_io"), std::string_view("collections"), std::string_view("datetime"),
          std::string_view("decimal")}) {
        learn_names_in(module, find_module(module));
    }
    learn_other_names();
}

}  // namespace pycore
