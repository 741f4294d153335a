#include "waits/object_graph.hpp"

#include <algorithm>

#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "python/record.hpp"
#include "values/attributes.hpp"
#include "waits/code_names.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_kept = 1 << 21;
constexpr std::size_t most_items = 256;  // of one object
constexpr std::size_t most_names = 4096;
constexpr std::size_t most_classes = 1 << 14;
constexpr std::size_t most_modules = 4096;

std::vector<Address> values_of(const Walk<DictEntry>& entries)
{
    std::vector<Address> values;
    for (const DictEntry& entry : entries.items) {
        values.push_back(entry.value);
    }
    return values;
}

}  // namespace

ObjectGraph::Kind ObjectGraph::read_kind(Address type)
{
    const auto flags =
        read_field(objects_.memory(), type, objects_.layout().type.flags, "type object");
    const auto has = [&](std::uint64_t flag) { return flags && (*flags & flag) != 0; };
    if (has(type_flag::list) || has(type_flag::tuple)) {
        return Kind::items;
    }
    if (has(type_flag::dict)) {
        return Kind::dict;
    }
    if (has(type_flag::type)) {
        return Kind::type;
    }
    if (has(type_flag::heap_type)) {
        return Kind::instance;
    }
    const Printing* const printing = objects_.types().printing_of(type);
    const std::string_view name = printing != nullptr ? printing->name : std::string_view();
    if (printing != nullptr && printing->is_generator) {
        return Kind::generator;
    }
    return name == "cell"                                             ? Kind::cell
           : name == "function"                                       ? Kind::function
           : name == "method" || name == "builtin_function_or_method" ? Kind::bound
                                                                      : Kind::leaf;
}

ObjectGraph::Kind ObjectGraph::kind_of(Address object)
{
    const auto type = is_aligned(object) ? read_type(objects_.memory(), objects_.layout(), object)
                                         : Result<Address>(Address{});
    if (!type || !*type) {
        return Kind::leaf;
    }
    if (const auto known = kinds_.find(*type); known != kinds_.end()) {
        return known->second;
    }
    const Kind kind = kinds_.size() < most_classes ? read_kind(*type) : Kind::leaf;
    kinds_.emplace(*type, kind);
    return kind;
}

std::vector<Address> ObjectGraph::read_items(Address object) const
{
    const Memory& memory = objects_.memory();
    const auto tuple = read_tuple(memory, objects_.layout(), object, most_items);
    const auto items = tuple ? tuple : read_list(memory, objects_.layout(), object, most_items);
    return items ? items->items : std::vector<Address>();
}

std::vector<Address> ObjectGraph::read_values(Address dict) const
{
    Limits limits = objects_.input().limits;
    limits.max_dict_entries = std::min(limits.max_dict_entries, most_items);
    return values_of(walk_dict(objects_.memory(), objects_.layout(), dict, limits));
}

/// And its class, which has attributes of its own.
std::vector<Address> ObjectGraph::read_attributes(Address object)
{
    Limits limits = objects_.input().limits;
    limits.max_dict_entries = std::min(limits.max_dict_entries, most_items);
    auto found = values_of(walk_own_attributes(objects_.memory(), objects_.layout(),
                                               objects_.types(), object, limits));
    found.push_back(read_type(objects_.memory(), objects_.layout(), object).value_or(Address{}));
    return found;
}

std::vector<Address> ObjectGraph::read_references(Address object)
{
    const Memory& memory = objects_.memory();
    const Layout& layout = objects_.layout();
    const auto read = [&](Field<Address> field) {
        return std::vector{read_field(memory, object, field, "object").value_or(Address{})};
    };
    switch (kind_of(object)) {
    case Kind::leaf: return {};
    case Kind::items: return read_items(object);
    case Kind::dict: return read_values(object);
    case Kind::cell: return read(layout.cell.value);
    case Kind::function: return read_items(read(layout.function.closure).front());
    case Kind::bound: return read(layout.method.self);
    case Kind::generator: {
        const auto frame = offset_by(object, layout.generator.frame.offset);
        return stacks_.read_variables(frame.value_or(Address{}));
    }
    case Kind::type:
        return read_values(
            read_field(memory, object, layout.type.dict, "type").value_or(Address{}));
    case Kind::instance: return read_attributes(object);
    }
    return {};
}

const std::vector<Address>& ObjectGraph::references_of(Address object)
{
    static const std::vector<Address> none;
    if (const auto known = references_.find(object.value); known != references_.end()) {
        return known->second;
    }
    Budget& budget = objects_.input().budget;
    if (kept_ >= most_kept || budget.value_slots == 0 || budget.deadline.passed()) {
        return none;
    }
    std::vector<Address> found = read_references(object);
    std::erase_if(found, [](Address one) { return !is_aligned(one); });
    kept_ += found.size() + 1;
    budget.value_slots -= std::min<std::uint64_t>(budget.value_slots, found.size() + 1);
    return references_.emplace(object.value, std::move(found)).first->second;
}

const std::unordered_map<std::uint64_t, Address>& ObjectGraph::names_in(Address dict)
{
    static const std::unordered_map<std::uint64_t, Address> none;
    if (const auto known = modules_.find(dict); known != modules_.end()) {
        return known->second;
    }
    if (modules_.size() >= most_modules) {
        return none;
    }
    Limits limits = objects_.input().limits;
    limits.max_dict_entries = std::min(limits.max_dict_entries, most_names);
    std::unordered_map<std::uint64_t, Address> names;
    for (const auto& [key, value] :
         walk_dict(objects_.memory(), objects_.layout(), dict, limits).items) {
        names.emplace(key.value, value);
    }
    return modules_.emplace(dict, std::move(names)).first->second;
}

void ObjectGraph::add_globals(Address frame, Address code, std::vector<Address>& to)
{
    const auto globals =
        read_field(objects_.memory(), frame, objects_.layout().frame.globals, "frame");
    if (!globals || !is_aligned(*globals)) {
        return;
    }
    const auto& known = names_in(*globals);
    for (const Address name : read_code_names(objects_.memory(), objects_.layout(), code)) {
        if (const auto global = known.find(name.value); global != known.end()) {
            to.push_back(global->second);
        }
    }
}

std::vector<Address> ObjectGraph::roots_of(Address frame)
{
    std::vector<Address> roots = stacks_.read_variables(frame);
    if (const auto stack = stacks_.read(frame)) {
        roots.insert(roots.end(), stack->slots.begin(), stack->slots.end());
        add_globals(frame, stack->code, roots);
    }
    std::erase_if(roots, [](Address one) { return !is_aligned(one); });
    return roots;
}

}  // namespace pycore
