#include "crash/python_types.hpp"

#include "objects/object.hpp"
#include "support/catch.hpp"
#include "support/heap_core.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t ready = 1 << 12;

/// A process with one interpreter, whose `type` is what all types are of.
class Process {
public:
    explicit Process(const Layout& table) : layout(table), heap(table)
    {
        type_type = heap.type(type_flag::type | ready);
        heap.set(type_type, layout.object.type, type_type);
        int_type = new_type(ready);
        interpreter = heap.interpreter(heap.runtime(), 0);
        const Address dict = heap.dict({});
        heap.set(dict, layout.object.type, new_type(type_flag::dict));
        heap.set(interpreter, layout.interpreter.sys_dict, dict);
        heap.set(interpreter, layout.interpreter.builtins,
                 heap.dict({{heap.text("print"), heap.bytes("")}, {heap.text("int"), int_type}}));
    }

    Address new_type(std::uint64_t flags)
    {
        const Address type = heap.type(flags);
        heap.set(type, layout.object.type, type_type);
        return type;
    }

    Address new_object(Address type, std::uint64_t count = 1)
    {
        const Address at = heap.object(0, 64);
        heap.set(at, layout.object.type, type);
        heap.set(at, Field<std::uint64_t>{layout.object.type.offset - 8}, count);
        return at;
    }

    std::string name_at(Address at)
    {
        const AddressSpace memory = space_of(heap);
        const Limits limits;
        return PythonTypes(memory, layout, interpreter, limits).type_name(at);
    }

    const Layout& layout;
    PythonHeap heap;
    Address type_type;
    Address int_type;
    Address interpreter;
};

TEST_CASE("a Python class is named by its own name", "[crash]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        Process process(*layout);
        const Address type = process.new_type(ready | type_flag::heap_type);
        process.heap.set(type, layout->type.heap_name, process.heap.text("Handler"));
        CHECK(process.name_at(process.new_object(type)) == "Handler");
    }
}

TEST_CASE("a static type is named by its string, or as a builtin", "[crash]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        Process process(*layout);
        const Address number = process.new_object(process.int_type);
        CHECK(process.name_at(number) == "int");

        const Address deque = process.new_type(ready);
        CHECK(process.name_at(process.new_object(deque)).empty());
        const Address name = process.heap.allocate(32);
        process.heap.memory().write_bytes(
            name, std::as_bytes(std::span(std::string_view("collections.deque"))));
        process.heap.set(deque, layout->type.name, name);
        CHECK(process.name_at(process.new_object(deque)) == "collections.deque");
    }
}

TEST_CASE("a class of a metaclass is a type", "[crash]")
{
    Process process(*every_layout().front());
    const Layout& layout = process.layout;
    const Address metaclass = process.new_type(ready | type_flag::type);
    const Address type = process.new_type(ready | type_flag::heap_type);
    process.heap.set(type, layout.object.type, metaclass);
    process.heap.set(type, layout.type.heap_name, process.heap.text("Model"));
    CHECK(process.name_at(process.new_object(type)) == "Model");
    process.heap.set(metaclass, layout.type.flags, ready);
    CHECK(process.name_at(process.new_object(type)).empty());
}

TEST_CASE("what is not a living object has no type", "[crash]")
{
    Process process(*every_layout().front());
    const Address number = process.new_object(process.int_type);
    CHECK(process.name_at(number) == "int");
    CHECK(process.name_at(Address{number.value + 8}).empty());
    CHECK(process.name_at(Address{number.value + 4}).empty());
    CHECK(process.name_at(Address{}).empty());
    CHECK(process.name_at(Address{0x10}).empty());
    CHECK(process.name_at(process.new_object(number)).empty());  // of something that is no type

    CHECK(process.name_at(process.new_object(process.int_type, 0)).empty());
    CHECK(process.name_at(process.new_object(process.int_type, number.value)).empty());
    CHECK(process.name_at(process.new_object(process.int_type, 0xC000'0000)) == "int");
}

TEST_CASE("types that run in a circle end", "[crash]")
{
    Process process(*every_layout().front());
    const Address a = process.new_type(ready | type_flag::type);
    const Address b = process.new_type(ready | type_flag::type);
    process.heap.set(a, process.layout.object.type, b);
    process.heap.set(b, process.layout.object.type, a);
    CHECK(process.name_at(process.new_object(a)).empty());
}

TEST_CASE("without an interpreter nothing is an object", "[crash]")
{
    Process process(*every_layout().front());
    const Address number = process.new_object(process.int_type);
    process.heap.set(process.interpreter, process.layout.interpreter.sys_dict, Address{});
    CHECK(process.name_at(number).empty());
}

}  // namespace
}  // namespace pycore::test
