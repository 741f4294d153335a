#include <span>

#include "objects/object.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

// An instance's words before it.
constexpr std::uint64_t before_instance = 32;
constexpr std::size_t instance_bytes = 64;

Address plus(Address at, std::uint64_t bytes)
{
    return Address{at.value + bytes};
}

}  // namespace

Address PythonHeap::keys(const std::vector<DictEntry>& entries, KeysKind kind)
{
    const DictKeysLayout& keys = layout_.dict_keys;
    constexpr std::uint8_t log2_index_bytes = 3;
    std::vector<std::uint64_t> words;
    for (const DictEntry& entry : entries) {
        if (kind == KeysKind::general) {
            words.push_back(0xABAB);  // the hash
        }
        words.push_back(entry.key.value);
        words.push_back(kind == KeysKind::split ? 0 : entry.value.value);
    }
    const std::uint64_t first = keys.size + (std::uint64_t{1} << log2_index_bytes);
    const Address at = allocate(first + words.size() * 8);
    set(at, keys.log2_index_bytes, log2_index_bytes);
    set(at, keys.kind, static_cast<std::uint8_t>(kind));
    set(at, keys.entries, static_cast<std::int64_t>(entries.size()));
    memory_.write_bytes(plus(at, first), std::as_bytes(std::span(words)));
    return at;
}

Address PythonHeap::dict(const std::vector<DictEntry>& entries, KeysKind kind)
{
    const Address at = object(type_flag::dict, layout_.dict.size);
    set(at, layout_.dict.keys, keys(entries, kind));
    return at;
}

Address PythonHeap::split_dict(const std::vector<DictEntry>& entries)
{
    const Address values = allocate(layout_.dict_values.items.offset + entries.size() * 8);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        memory_.write(plus(values, layout_.dict_values.items.offset + i * 8), entries[i].value);
    }
    const Address at = object(type_flag::dict, layout_.dict.size);
    set(at, layout_.dict.keys, keys(entries, KeysKind::split));
    set(at, layout_.dict.values, values);
    return at;
}

Address PythonHeap::module(Address dict)
{
    const Address at = object(0, layout_.module.dict.offset + sizeof(Address));
    set(at, layout_.module.dict, dict);
    return at;
}

Address PythonHeap::instance(const std::vector<DictEntry>& attributes)
{
    const InstanceLayout& instance = layout_.instance;
    const DictValuesLayout& layout = layout_.dict_values;
    const Address type = this->type(instance.managed_dict_flag | instance.inline_values_flag);
    set(type, layout_.type.basic_size, static_cast<std::int64_t>(instance_bytes));
    set(type, layout_.type.heap_cached_keys, keys(attributes, KeysKind::split));

    const std::size_t values_bytes = layout.items.offset + attributes.size() * 8;
    const Address at =
        plus(allocate(before_instance + instance_bytes + values_bytes), before_instance);
    set(at, layout_.object.type, type);
    const bool inline_values = instance.managed_dict == ManagedDict::dict_or_inline;
    const Address values = inline_values ? plus(at, instance_bytes) : allocate(values_bytes);
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        memory_.write(plus(values, layout.items.offset + i * 8), attributes[i].value);
    }
    switch (instance.managed_dict) {
    case ManagedDict::dict_and_values:
        memory_.write(Address{at.value - instance.values_word_before}, values);
        break;
    case ManagedDict::tagged_word:
        memory_.write(Address{at.value - instance.dict_word_before}, Address{values.value - 1});
        break;
    case ManagedDict::dict_or_inline: set(values, layout.valid, std::uint8_t{1}); break;
    }
    return at;
}

Address PythonHeap::instance_with_dict(Address dict)
{
    const InstanceLayout& instance = layout_.instance;
    const Address at = plus(allocate(before_instance + instance_bytes), before_instance);
    set(at, layout_.object.type, type_of(instance.managed_dict_flag | instance.inline_values_flag));
    memory_.write(Address{at.value - instance.dict_word_before}, dict);
    return at;
}

}  // namespace pycore::test
