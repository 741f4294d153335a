#pragma once

#include <string>
#include <vector>

#include "exceptions/read_exceptions.hpp"
#include "support/values_process.hpp"

namespace pycore::test {

/// A process with the builtin exceptions and one thread.
class ExceptionsProcess : public ValuesProcess {
public:
    explicit ExceptionsProcess(const Layout& table) : ValuesProcess(table)
    {
        add_type("object", {});
        for (const char* name : {"str", "int"}) {
            heap.set(types[name], layout.type.mro, tuple({types[name], types["object"]}));
        }
        add_type("BaseException", {"object"});
        for (const char* name : {"ValueError", "KeyError", "OSError", "BaseExceptionGroup"}) {
            add_type(name, {"BaseException", "object"});
        }
        std::vector<DictEntry> builtins;
        for (const auto& [name, type] : types) {
            builtins.push_back({text(name), type});
        }
        heap.set(interpreter, layout.interpreter.builtins, typed(heap.dict(builtins), "dict"));
        thread = heap.thread_state(interpreter, {});
    }

    Address tuple(const std::vector<Address>& items)
    {
        const Address at = object("tuple", layout.tuple.items.offset + items.size() * 8 + 8);
        heap.set(at, layout.tuple.size, static_cast<std::int64_t>(items.size()));
        heap.memory().write_bytes(Address{at.value + layout.tuple.items.offset},
                                  std::as_bytes(std::span(items)));
        return at;
    }

    /// A type with these bases, by their names, that instances can be made of.
    Address add_type(const std::string& name, const std::vector<std::string>& bases)
    {
        const bool raises = name != "object";
        const Address type = new_type(raises ? type_flag::exception : 0, next_repr += 16);
        std::vector<Address> order{type};
        for (const std::string& base : bases) {
            order.push_back(types.at(base));
        }
        heap.set(type, layout.type.mro, tuple(order));
        types[name] = type;
        return type;
    }

    Address exception(const std::string& type, const std::vector<Address>& arguments = {})
    {
        const Address at = object(type, 160);
        heap.set(at, layout.exception.args, tuple(arguments));
        return at;
    }

    Address group(const std::vector<Address>& members)
    {
        const Address at = exception("BaseExceptionGroup", {});
        heap.set(at, layout.exception_group.message, text("group"));
        heap.set(at, layout.exception_group.exceptions, tuple(members));
        return at;
    }

    /// An entry of a traceback in a function of that name.
    Address entry(const std::string& function, Address next, std::int32_t line = 7)
    {
        const Address frame = heap.frame({.code = heap.code({.name = function})});
        const Address frame_object = heap.allocate(128);
        heap.set(frame_object, layout.frame_object.frame, frame);
        if (!types.contains("traceback")) {
            types["traceback"] = new_type(0, 0);
        }
        const Address at = object("traceback");
        heap.set(at, layout.traceback.next, next);
        heap.set(at, layout.traceback.frame, frame_object);
        heap.set(at, layout.traceback.last_instruction, -1);
        heap.set(at, layout.traceback.line, line);
        return at;
    }

    [[nodiscard]] bool has_parts() const { return layout.thread.raised_type.exists(); }

    /// 3.11 keeps type, value and traceback apart.
    void raise(Address at)
    {
        if (has_parts()) {
            const auto type =
                heap.memory().read<Address>(Address{at.value + layout.object.type.offset}, "type");
            heap.set(thread, layout.thread.raised_type, type.value_or(types.at("ValueError")));
            heap.set(thread, layout.thread.raised_value, at);
        } else {
            heap.set(thread, layout.thread.current_exception, at);
        }
    }

    /// Returns the `_PyErr_StackItem` that is handled outside of the ones before.
    Address handle(Address at, Address outer = {})
    {
        const Address item = heap.allocate(16);
        heap.set(item, layout.exception_item.value, at);
        heap.set(item, layout.exception_item.previous, outer);
        heap.set(thread, layout.thread.exception_item, item);
        return item;
    }

    ThreadExceptions read(const Limits& limits = {})
    {
        Budget budget(limits);
        CodeCache codes(heap.memory(), layout, limits, budget);
        return ExceptionReader(heap.memory(), layout, interpreter, codes, limits, budget)
            .read(thread);
    }

    Exception read_raised(Address at)
    {
        raise(at);
        auto found = read();
        return found.items.empty() ? Exception{} : std::move(found.items.front());
    }

    Address thread;
};

}  // namespace pycore::test
