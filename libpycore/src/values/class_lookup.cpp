#include <algorithm>
#include <span>

#include "objects/dict.hpp"
#include "objects/instance.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {
namespace {

constexpr std::int64_t most_classes = 64;  // of one method resolution order
constexpr std::size_t most_entries = 4096;
constexpr std::size_t longest_name = 256;

}  // namespace

std::vector<Address> KnownTypes::read_mro(Address type) const
{
    const auto mro = read_field(memory_, type, layout_.type.mro, "type object");
    const auto is_tuple =
        mro ? expect_type(memory_, layout_, *mro, type_flag::tuple, "mro") : mro.fault();
    const auto size =
        is_tuple ? read_field(memory_, *mro, layout_.tuple.size, "mro") : Result<std::int64_t>(0);
    const auto first = offset_by(mro.value_or(Address{}), layout_.tuple.items.offset);
    if (!first || size.value_or(0) <= 0) {
        return {type};
    }
    std::vector<Address> classes(static_cast<std::size_t>(std::min(*size, most_classes)));
    if (!memory_.read_bytes(*first, std::as_writable_bytes(std::span(classes)), "mro")) {
        return {type};
    }
    return classes;
}

/// Pays for what it looks at.
Address KnownTypes::find_in(Address dict, std::string_view name)
{
    Limits limits = limits_;
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_dict_entries, budget_.value_slots);
    const auto entries = walk_dict(memory_, layout_, dict, limits);
    budget_.value_slots -= std::min<std::uint64_t>(budget_.value_slots, entries.visited);
    return find_entry(memory_, layout_, entries, name);
}

Address KnownTypes::find_in_class(Address type, std::string_view name)
{
    if (!is_heap_type(type)) {
        return {};
    }
    const auto dict = read_field(memory_, type, layout_.type.dict, "type object");
    return find_in(dict.value_or(Address{}), name);
}

KnownTypes::Found KnownTypes::find_in_classes(Address type, std::string_view name)
{
    for (const Address owner : read_mro(type)) {
        if (const Address value = find_in_class(owner, name)) {
            return {.owner = owner, .value = value};
        }
    }
    return {};
}

std::string KnownTypes::read_short_text(Address at) const
{
    Limits limits = limits_;
    limits.max_text_bytes = std::min(limits.max_text_bytes, std::size_t{4} * longest_name);
    return read_text(memory_, layout_, at, limits).value_or({});
}

/// A class may have the `__repr__` of a module of Python's; what the function says of itself can be
/// changed, what its code says cannot. Decorated ones hide the code that counts.
const Printing* KnownTypes::printing_by_function(Address function)
{
    const auto read_code_text = [&](Address owner, Field<Address> member) {
        const auto code = read_field(memory_, owner, layout_.function.code, "function object");
        const auto text = code ? read_field(memory_, *code, member, "code object") : code;
        return read_short_text(text.value_or(Address{}));
    };
    std::string name = read_code_text(function, layout_.code.qualified_name);
    if (name.ends_with(".wrapper")) {
        const auto wrapped = find_attribute(memory_, layout_, function, "__wrapped__", limits_);
        const auto type = wrapped ? read_type(memory_, layout_, *wrapped) : wrapped;
        if (!type || !is_exactly(*type, "function")) {
            return nullptr;
        }
        function = *wrapped;
        name = read_code_text(function, layout_.code.qualified_name);
    }
    // What `dataclass` writes belongs to the module of the class, and to no file.
    if (name.starts_with("__create_fn__.")) {
        const bool is_written = read_code_text(function, layout_.code.file) == "<string>";
        return is_written ? pycore::find_printing(&TypeFamily::functions, "dataclasses", name)
                          : nullptr;
    }
    const auto globals = read_field(memory_, function, layout_.function.globals, "function object");
    const Address module = find_in(globals.value_or(Address{}), "__name__");
    return pycore::find_printing(&TypeFamily::functions, read_short_text(module), name);
}

}  // namespace pycore
