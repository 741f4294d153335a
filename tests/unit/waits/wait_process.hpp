#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/heap_core.hpp"
#include "support/snapshot_builder.hpp"
#include "support/values_process.hpp"
#include "waits/object_names.hpp"
#include "waits/python_wait.hpp"

namespace pycore::test {

using Names = std::vector<std::pair<std::string, Address>>;

/// A process with modules, locks and frames that refer to them. Its locks are semaphores, or bytes
/// in the parking lot.
class WaitProcess : public ValuesProcess {
public:
    WaitProcess(const Layout& table, bool parks) : ValuesProcess(table), parks_(parks)
    {
        lock_type_ = heap_type("_thread", "lock");
        const std::int64_t own = parks ? 8 : 24;
        heap.set(lock_type_, layout.type.basic_size, layout.object.size + own);
        add_module("_thread", {{"lock", lock_type_}});
        heap.set(types["list"], layout.type.flags, type_flag::list);
    }

    /// A class written in Python. Its instances have a dict.
    Address heap_type(const std::string& module, const std::string& name)
    {
        const Address type =
            new_type(type_flag::heap_type | layout.instance.managed_dict_flag, next_repr += 16);
        heap.set(type, layout.type.heap_qualified_name, text(name));
        heap.set(type, layout.type.dict, dict({{"__module__", text(module)}}));
        return type;
    }

    Address dict(const Names& names)
    {
        std::vector<DictEntry> entries;
        for (const auto& [name, object] : names) {
            entries.push_back({text(name), object});
        }
        return typed(heap.dict(entries), "dict");
    }

    /// What a thread sleeps on that waits for it is the word, or the byte in it.
    Address lock(Address word = {})
    {
        const Address at = heap.allocate(64);
        typed(at, "");
        heap.set(at, layout.object.type, lock_type_);
        heap.set(at, Field<Address>{layout.object.size}, parks_ ? Address{3} : word);
        return at;
    }

    Address instance(Address type, const Names& attributes)
    {
        const Address at = typed(heap.instance_with_dict(dict(attributes)), "");
        heap.set(at, layout.object.type, type);
        return at;
    }

    /// The dict of its names.
    Address add_module(const std::string& name, Names names)
    {
        names.insert(names.begin(), {"__name__", text(name)});
        const Address globals = dict(names);
        modules_.push_back({text(name), typed(heap.module(globals), "")});
        heap.set(interpreter, layout.interpreter.modules, typed(heap.dict(modules_), "dict"));
        return globals;
    }

    Address tuple(const std::vector<Address>& items)
    {
        const Address at = object("tuple", layout.tuple.items.offset + 8 * items.size());
        heap.set(at, layout.tuple.size, static_cast<std::int64_t>(items.size()));
        heap.memory().write_bytes(Address{at.value + layout.tuple.items.offset},
                                  std::as_bytes(std::span(items)));
        return at;
    }

    /// A frame of a function with these locals and this value stack.
    PythonFrame frame(const std::string& function,
                      Address globals,
                      const Names& locals,
                      const std::vector<Address>& stack = {})
    {
        std::vector<Address> names;
        std::vector<Address> words;
        for (const auto& [name, object] : locals) {
            names.push_back(text(name));
            words.push_back(object);
        }
        words.insert(words.end(), stack.begin(), stack.end());
        const Address code_at = heap.code({.name = function, .qualified_name = function});
        heap.set(code_at, layout.code.locals_plus_count, static_cast<std::int32_t>(names.size()));
        heap.set(code_at, layout.code.locals_plus_names, tuple(names));
        heap.set(code_at, layout.code.locals_plus_kinds,
                 typed(heap.bytes(std::string(names.size(), ' ')), "bytes"));
        heap.set(code_at, layout.code.stack_size, static_cast<std::int32_t>(stack.size()));
        heap.set(code_at, layout.code.flags, 1);
        const Address at = heap.allocate(layout.frame.locals_plus.offset + 8 * words.size() + 8);
        heap.set(at, layout.frame.globals, globals);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto place = static_cast<std::uint32_t>(8 * i);
            heap.set(at, Field<Address>{layout.frame.locals_plus.offset + place}, words[i]);
        }
        PythonCode code;
        code.address = code_at;
        code.name = code.qualified_name = function;
        PythonFrame made;
        made.code = std::make_shared<const PythonCode>(code);
        made.address = at;
        return made;
    }

    /// Its index.
    std::size_t add_thread(std::vector<StackFrame> stack, std::uint64_t ident = 0)
    {
        Thread thread;
        thread.stack = std::move(stack);
        thread.python_thread_id = ident != 0 ? std::optional(ident) : std::nullopt;
        threads.push_back(std::move(thread));
        contexts.emplace_back();
        return threads.size() - 1;
    }

    /// What a thread that waits for `lock` sleeps on.
    [[nodiscard]] NativeState asleep_on(Address lock, Address word = {}) const
    {
        NativeState state;
        state.wait.word = word ? word : Address{0x1000};
        state.wait.parked = parks_ ? Address{lock.value + layout.object.size} : Address{};
        return state;
    }

    /// What `use` makes of the process as it is now.
    template <class Use>
    auto with_input(Use use, PrivacyLevel privacy = PrivacyLevel::local)
    {
        const AddressSpace memory = space_of(heap);
        Interpreter known;
        known.address = interpreter;
        const std::vector<Interpreter> interpreters{known};
        const std::vector<std::shared_ptr<const Layout>> layouts{
            std::make_shared<const Layout>(layout)};
        const Limits limits;
        Budget budget(limits);
        return use(WaitInput{.memory = memory,
                             .modules = {},
                             .threads = threads,
                             .contexts = contexts,
                             .interpreters = interpreters,
                             .layouts = layouts,
                             .privacy = privacy,
                             .limits = limits,
                             .budget = budget});
    }

    std::optional<PythonWait> find_wait(const NativeState& state, std::size_t thread)
    {
        return with_input([&](const WaitInput& input) {
            InterpreterObjects objects(input);
            return find_python_wait(input, objects, state, thread);
        });
    }

    std::string find_name(Address object,
                          std::size_t thread,
                          std::optional<std::size_t> frame,
                          PrivacyLevel privacy = PrivacyLevel::local)
    {
        return with_input(
            [&](const WaitInput& input) {
                InterpreterObjects objects(input);
                return ObjectNames(input, objects).find(object, 0, thread, frame);
            },
            privacy);
    }

    [[nodiscard]] bool parks() const { return parks_; }

    std::vector<Thread> threads;
    std::vector<ThreadContext> contexts;

private:
    bool parks_;
    Address lock_type_;
    std::vector<DictEntry> modules_;
};

}  // namespace pycore::test
