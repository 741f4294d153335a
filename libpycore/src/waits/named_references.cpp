#include "waits/named_references.hpp"

#include <algorithm>

#include "objects/deque.hpp"
#include "objects/instance.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "waits/standard_modules.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_references = 1000;  // of one object

}  // namespace

NamedReferences::NamedReferences(PythonObjects& objects)
    : objects_(objects),
      memory_(objects.memory()),
      layout_(objects.layout()),
      budget_(objects.input().budget),
      deque_(objects.types().find_in_module("collections", "deque")),
      thread_(objects.types().find_in_module("threading", "Thread")),
      standard_(read_standard_modules(objects))
{
}

Limits NamedReferences::affordable() const
{
    Limits limits = objects_.input().limits;
    limits.max_dict_entries = std::min<std::uint64_t>(most_references, budget_.value_slots);
    return limits;
}

void NamedReferences::spend(std::uint64_t slots)
{
    budget_.value_slots -= std::min(budget_.value_slots, slots + 1);
}

bool NamedReferences::is_standard(const std::string& module) const
{
    return standard_.contains(module.substr(0, module.find('.')));
}

bool NamedReferences::derives(Address type, Address from) const
{
    const auto mro = objects_.types().read_mro(type);
    return from && std::ranges::find(mro, from) != mro.end();
}

NamedReferences::Shape NamedReferences::find_shape(Address type)
{
    constexpr std::uint64_t values =
        type_flag::integer | type_flag::text | type_flag::bytes | type_flag::exception;
    const auto read = read_field(memory_, type, layout_.type.flags, "type object");
    const std::uint64_t flags = read.value_or(values);
    if ((flags & values) != 0) {
        return Shape::leaf;
    }
    for (const auto& [flag, shape] :
         {std::pair(type_flag::type, Shape::type), std::pair(type_flag::list, Shape::list),
          std::pair(type_flag::tuple, Shape::tuple), std::pair(type_flag::dict, Shape::dict)}) {
        if ((flags & flag) != 0) {
            return shape;
        }
    }
    if (derives(type, deque_)) {
        return Shape::deque;
    }
    if ((flags & type_flag::heap_type) != 0) {
        return Shape::object;
    }
    if (objects_.types().is_exactly(type, "module")) {
        return Shape::module;
    }
    return objects_.types().is_exactly(type, "builtin_function_or_method") ? Shape::method
                                                                           : Shape::leaf;
}

const NamedReferences::TypeShape& NamedReferences::shape_of(Address object)
{
    static const TypeShape none;
    constexpr std::size_t most_types = 1 << 16;
    const auto type =
        is_aligned(object) ? read_type(memory_, layout_, object) : Result<Address>(Address{});
    if (!type || !*type || !is_aligned(*type)) {
        return none;
    }
    if (const auto known = shapes_.find(*type); known != shapes_.end()) {
        return known->second;
    }
    if (shapes_.size() >= most_types || budget_.value_slots == 0) {
        return none;
    }
    TypeShape shape{.shape = find_shape(*type), .slots = {}, .is_thread = derives(*type, thread_)};
    // Locks refer to nothing, but are what names are looked for.
    if (shape.shape == Shape::leaf && objects_.read_lock(object)) {
        shape.shape = Shape::object;
    }
    if (shape.shape == Shape::object) {
        auto slots = find_slots(memory_, layout_, objects_.types(), *type, affordable());
        spend(slots.visited);
        shape.slots = std::move(slots.items);
    }
    return shapes_.emplace(*type, std::move(shape)).first->second;
}

bool NamedReferences::may_refer(Address object)
{
    return shape_of(object).shape != Shape::leaf;
}

std::vector<NamedReference> NamedReferences::names_in(Address dict)
{
    std::vector<NamedReference> references;
    add_entries(dict, Step::attribute, references);
    return references;
}

void NamedReferences::add_entries(Address dict, Step step, std::vector<NamedReference>& to)
{
    const auto entries = walk_dict(memory_, layout_, dict, affordable());
    spend(entries.visited);
    for (const DictEntry& entry : entries.items) {
        to.push_back({.step = step, .what = entry.key.value, .target = entry.value});
    }
}

void NamedReferences::add_items(Address object, Shape shape, std::vector<NamedReference>& to)
{
    std::vector<Address> items;
    if (shape == Shape::deque) {
        const auto read = read_deque(memory_, layout_, object, most_references);
        items = read ? read->items : items;
    } else {
        const auto read = shape == Shape::list
                              ? read_list(memory_, layout_, object, most_references)
                              : read_tuple(memory_, layout_, object, most_references);
        items = read ? read->items : items;
    }
    spend(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        to.push_back({.step = Step::item, .what = i, .target = items[i]});
    }
}

void NamedReferences::add_module(Address object, std::vector<NamedReference>& to)
{
    const Address dict = read_module_dict(memory_, layout_, object).value_or(Address{});
    const Address at = find_in_dict(memory_, layout_, dict, "__name__", affordable()).value_or({});
    const auto name = read_text(memory_, layout_, at, objects_.input().limits);
    if (name && !is_standard(*name)) {
        add_entries(dict, Step::attribute, to);
    }
}

bool NamedReferences::is_any_of(Address key, std::initializer_list<std::string_view> names) const
{
    return std::ranges::any_of(
        names, [&](std::string_view name) { return text_equals(memory_, layout_, key, name); });
}

void NamedReferences::add_attributes(Address object,
                                     const TypeShape& shape,
                                     std::vector<NamedReference>& to)
{
    const auto entries = walk_own_attributes(memory_, layout_, shape.slots, object, affordable());
    spend(entries.visited + shape.slots.size());
    for (const DictEntry& entry : entries.items) {
        // What a thread was given to begin with is not its own.
        if (shape.is_thread && is_any_of(entry.key, {"_target", "_args", "_kwargs"})) {
            continue;
        }
        to.push_back({.step = Step::attribute, .what = entry.key.value, .target = entry.value});
    }
}

std::vector<NamedReference> NamedReferences::of(Address object)
{
    std::vector<NamedReference> references;
    const TypeShape& shape = shape_of(object);
    if (budget_.value_slots == 0 || budget_.deadline.passed()) {
        return references;
    }
    switch (shape.shape) {
    case Shape::leaf: break;
    case Shape::list:
    case Shape::tuple:
    case Shape::deque: add_items(object, shape.shape, references); break;
    case Shape::dict: add_entries(object, Step::key, references); break;
    case Shape::module: add_module(object, references); break;
    case Shape::type: {
        const auto dict = read_field(memory_, object, layout_.type.dict, "type object");
        add_entries(dict.value_or(Address{}), Step::attribute, references);
        break;
    }
    case Shape::method: {
        const auto self = read_field(memory_, object, layout_.builtin.self, "method");
        references.push_back({.target = self.value_or(Address{})});
        break;
    }
    case Shape::object: add_attributes(object, shape, references); break;
    }
    return references;
}

}  // namespace pycore
