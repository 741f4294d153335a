#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "objects/object.hpp"
#include "support/python_heap.hpp"
#include "values/value_printer.hpp"

namespace pycore::test {

/// A process with one interpreter, whose builtin types have the layout's members and a `tp_repr`
/// each.
class ValuesProcess {
public:
    explicit ValuesProcess(const Layout& table) : layout(table), heap(table)
    {
        type_type = heap.type(type_flag::type);
        heap.set(type_type, layout.object.type, type_type);
        std::vector<DictEntry> builtins;
        for (const auto& [name, flags] : std::map<std::string, std::uint64_t>{
                 {"int", type_flag::integer},
                 {"str", type_flag::text},
                 {"bytes", type_flag::bytes},
                 {"tuple", type_flag::tuple},
                 {"dict", type_flag::dict},
                 {"list", 0},
                 {"set", 0},
                 {"float", 0},
                 {"range", 0},
                 {"slice", 0},
             }) {
            types[name] = new_type(flags, next_repr += 16);
            builtins.push_back({text(name), types[name]});
        }
        interpreter = heap.interpreter(heap.runtime(), 0);
        heap.set(interpreter, layout.interpreter.builtins, typed(heap.dict(builtins), "dict"));
    }

    Address new_type(std::uint64_t flags, std::uint64_t repr)
    {
        const Address type = heap.type(flags);
        heap.set(type, layout.object.type, type_type);
        heap.set(type, layout.type.repr, Address{repr});
        return type;
    }

    /// The object with a living reference count and the type of its name, where that is known yet.
    Address typed(Address at, const std::string& type)
    {
        if (types.contains(type)) {
            heap.set(at, layout.object.type, types[type]);
        }
        heap.set(at, Field<std::uint64_t>{layout.object.type.offset - 8}, std::uint64_t{1});
        return at;
    }

    Address object(const std::string& type, std::size_t size = 128)
    {
        return typed(heap.allocate(size), type);
    }

    Address text(std::string_view ascii) { return typed(heap.text(ascii), "str"); }
    Address integer(std::uint64_t value) { return typed(heap.integer(value), "int"); }

    Address list(const std::vector<Address>& items)
    {
        const Address at = object("list");
        const Address data = heap.allocate(items.size() * 8);
        heap.memory().write_bytes(data, std::as_bytes(std::span(items)));
        heap.set(at, layout.list.size, static_cast<std::int64_t>(items.size()));
        heap.set(at, layout.list.items, data);
        return at;
    }

    Value print(Address at, const Limits& limits = {})
    {
        Budget budget(limits);
        return ValuePrinter(heap.memory(), layout, interpreter, limits, budget).print(at);
    }

    Value print(Address at, SecretFilter& secrets)
    {
        const Limits limits;
        Budget budget(limits);
        return ValuePrinter(heap.memory(), layout, interpreter, limits, budget, &secrets).print(at);
    }

    PrintedObject print_with_attributes(Address at, const Limits& limits = {})
    {
        Budget budget(limits);
        return ValuePrinter(heap.memory(), layout, interpreter, limits, budget)
            .print_with_attributes(at);
    }

    const Layout& layout;
    PythonHeap heap;
    Address type_type;
    std::map<std::string, Address> types;
    Address interpreter;
    std::uint64_t next_repr = 0x40'0000;
};

}  // namespace pycore::test
