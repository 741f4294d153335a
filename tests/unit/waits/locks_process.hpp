#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/heap_core.hpp"
#include "support/values_process.hpp"
#include "waits/exception_table.hpp"
#include "waits/lock_claims.hpp"
#include "waits/python_objects.hpp"

namespace pycore::test {

/// A frame of a function that has one local variable, and what is on its value stack.
struct LockingFrame {
    std::string function = "work";
    std::vector<ExceptionRange> ranges = {};
    std::int64_t unit = 0;
    std::vector<Address> stack = {};
    Address local = {};
    std::vector<Address> names = {};  ///< that its code names
};

/// A process whose threads have locks of `threading`.
class LocksProcess : public ValuesProcess {
public:
    explicit LocksProcess(const Layout& table) : ValuesProcess(table)
    {
        types["object"] = new_type(0, 0x1000);
        heap.set(types["object"], layout.type.mro, tuple({types["object"]}));
        add_class("lock", "_thread", {{text("__exit__"), exit_of_locks()}});
        add_class("RLock", "_thread", {});
        heap.set(types["lock"], layout.type.basic_size, std::int64_t{layout.object.size} + 24);
        heap.set(types["RLock"], layout.type.basic_size, std::int64_t{layout.object.size} + 32);
        const Address module = heap.module(
            heap.dict({{text("lock"), types["lock"]}, {text("RLock"), types["RLock"]}}));
        heap.set(interpreter, layout.interpreter.modules, heap.dict({{text("_thread"), module}}));
    }

    Address tuple(const std::vector<Address>& items)
    {
        const Address at = object("tuple", layout.tuple.items.offset + items.size() * 8 + 8);
        heap.set(at, layout.tuple.size, static_cast<std::int64_t>(items.size()));
        heap.memory().write_bytes(Address{at.value + layout.tuple.items.offset},
                                  std::as_bytes(std::span(items)));
        return at;
    }

    /// A class with a dict of its own.
    Address add_class(const std::string& name,
                      const std::string& module,
                      std::vector<DictEntry> entries)
    {
        const Address type = new_type(type_flag::heap_type, next_repr += 16);
        entries.push_back({text("__module__"), text(module)});
        heap.set(type, layout.type.dict, heap.dict(entries));
        heap.set(type, layout.type.mro, tuple({type, types["object"]}));
        heap.set(type, layout.type.heap_name, text(name));
        heap.set(type, layout.type.heap_qualified_name, text(name));
        types[name] = type;
        return type;
    }

    /// Without a waiter: a semaphore, the list of weak references, and whether it is locked.
    Address lock(bool locked = true)
    {
        const Address at = object("lock", layout.object.size + 24);
        heap.memory().write(Address{at.value + layout.object.size + 16},
                            static_cast<std::uint8_t>(locked));
        return at;
    }

    Address recursive_lock(std::uint64_t owner)
    {
        const Address at = object("RLock", layout.object.size + 32);
        heap.memory().write(Address{at.value + layout.object.size + 8}, owner);
        heap.memory().write(Address{at.value + layout.object.size + 16}, std::uint64_t{1});
        return at;
    }

    /// An instance of a class of this name that has these attributes in a dict.
    Address manager(const std::string& type, const std::vector<DictEntry>& attributes)
    {
        const Address at = heap.instance_with_dict(heap.dict(attributes));
        const std::uint64_t flags = type_flag::heap_type | layout.instance.managed_dict_flag;
        heap.set(types.at(type), layout.type.flags, flags);
        return typed(at, type);
    }

    /// What `with` leaves on the value stack: from 3.14 on two words, before one.
    std::vector<Address> entered(Address of, Address function, Address definition = {})
    {
        if (has_pairs()) {
            return {function, of};
        }
        const Address bound = heap.allocate(64);
        heap.set(bound, layout.method.function, definition ? definition : function);
        heap.set(bound, layout.method.self, of);
        return {bound};
    }

    std::vector<Address> entered_lock(Address lock)
    {
        return entered(lock, lock_exit, lock_exit_definition);
    }

    [[nodiscard]] bool has_pairs() const { return layout.frame.tag_mask != 0; }
    /// Slots of the value stack inside of `blocks` of `with`.
    [[nodiscard]] std::int64_t depth_of(std::int64_t blocks) const
    {
        return has_pairs() ? 2 * blocks : blocks;
    }

    Address code(const LockingFrame& shape)
    {
        const Address code = heap.code({.name = shape.function,
                                        .qualified_name = shape.function,
                                        .file = "app.py",
                                        .first_line = 100,
                                        .units = 40});
        heap.set(code, layout.code.stack_size, 16);
        heap.set(code, layout.code.locals_plus_count, 1);
        heap.set(code, layout.code.exception_table, heap.bytes(encode(shape.ranges)));
        heap.set(code, layout.code.names, tuple(shape.names));
        return code;
    }

    /// Puts a frame around those that the last thread has.
    void call(const LockingFrame& shape, Address at = {})
    {
        const Address place = at ? at : heap.allocate(layout.frame.size + 256);
        const Address address = heap.frame({.code = code(shape), .unit = shape.unit, .at = place});
        std::vector<Address> slots{shape.local};
        slots.insert(slots.end(), shape.stack.begin(), shape.stack.end());
        heap.memory().write_bytes(Address{address.value + layout.frame.locals_plus.offset},
                                  std::as_bytes(std::span(slots)));
        if (layout.frame.stack_top.exists()) {
            heap.set(address, layout.frame.stack_top, -1);
        }
        PythonCode names;
        names.name = names.qualified_name = shape.function;
        names.file = "app.py";
        threads.back().stack.push_back(PythonFrame{
            .code = std::make_shared<const PythonCode>(std::move(names)), .address = address});
    }

    std::size_t add_thread(std::uint64_t ident)
    {
        Thread thread;
        thread.tid = static_cast<std::int32_t>(ident);
        thread.python_thread_id = ident;
        thread.interpreter = 0;
        threads.push_back(std::move(thread));
        return threads.size() - 1;
    }

    /// Calls `use` with the process as a core.
    template <class Use>
    auto with_input(Use use)
    {
        const AddressSpace memory = space_of(heap);
        const Limits limits;
        Budget budget(limits);
        Interpreter self;
        self.address = interpreter;
        const std::vector interpreters{self};
        const std::vector layouts{std::make_shared<const Layout>(layout)};
        const std::vector<ThreadContext> contexts(threads.size());
        const WaitInput input{.memory = memory,
                              .modules = {},
                              .threads = threads,
                              .contexts = contexts,
                              .interpreters = interpreters,
                              .layouts = layouts,
                              .limits = limits,
                              .budget = budget};
        InterpreterObjects objects(input);
        return use(input, objects);
    }

    std::vector<LockClaim> claims_of(std::size_t thread)
    {
        return with_input([&](const WaitInput& input, InterpreterObjects& objects) {
            return LockClaims(input, objects).find(thread);
        });
    }

    std::vector<Thread> threads;
    Address lock_exit;             ///< the descriptor
    Address lock_exit_definition;  ///< what it describes

private:
    Address exit_of_locks()
    {
        lock_exit = object("method_descriptor", 64);
        lock_exit_definition = heap.allocate(64);
        heap.set(lock_exit, layout.member_descriptor.member, lock_exit_definition);
        return lock_exit;
    }

    static std::string encode(const std::vector<ExceptionRange>& ranges)
    {
        std::string table;
        for (const ExceptionRange& range : ranges) {
            // All of these are below 64, one byte each.
            table.push_back(static_cast<char>(range.start | 0x80));
            table.push_back(static_cast<char>(range.end - range.start));
            table.push_back(static_cast<char>(range.target));
            table.push_back(static_cast<char>(range.depth << 1 | 1));
        }
        return table;
    }
};

}  // namespace pycore::test
