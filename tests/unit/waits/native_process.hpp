#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "base/budget.hpp"
#include "support/core_builder.hpp"
#include "support/fake_memory.hpp"
#include "support/snapshot_builder.hpp"
#include "waits/native_wait.hpp"

namespace pycore::test {

/// A futex operation as `strace` writes it.
constexpr std::uint64_t futex_wait = 0;
constexpr std::uint64_t futex_wait_private = 0x80;
constexpr std::uint64_t futex_lock_pi_private = 0x86;
constexpr std::uint64_t futex_wait_bitset = 0x109;
constexpr std::uint64_t futex_wait_bitset_private = 0x189;

/// The kernel's code for a system call that a signal interrupted.
constexpr std::uint64_t restart_system = static_cast<std::uint64_t>(-512);
constexpr std::uint64_t interrupted_call = static_cast<std::uint64_t>(-4);

/// Threads of a process with one CPython, and its memory from `data` on, and a stack for each.
class NativeProcess {
public:
    static constexpr Address data{0x10000};
    static constexpr std::uint64_t data_size = 0x4000;
    static constexpr Address gil{0x13000};

    NativeProcess()
    {
        memory_.add_area(data, data_size);
        layout_.gil = {.last_holder = {8},
                       .locked = {16},
                       .condition = {32},
                       .mutex = {80},
                       .switch_condition = {120},
                       .switch_mutex = {168}};
        layout_.interpreter.gil = {0};
        Interpreter interpreter;
        interpreter.address = data;
        interpreter.runtime = Address{data.value + 0x100};
        interpreters.push_back(interpreter);
        write(data, gil);
        for (const std::uint64_t start : {std::uint64_t{0x10000}, std::uint64_t{0x20000}}) {
            Module module;
            module.range = *AddressRange::make(Address{start}, 0x10000);
            modules.push_back(std::move(module));
        }
    }

    /// A thread outside of any system call. Its index.
    std::size_t add_thread(std::int32_t tid, std::vector<StackFrame> stack = {})
    {
        const std::uint64_t base = 0x100000 * (threads.size() + 1);
        memory_.add_area(Address{base}, 0x4000);
        ThreadRegisters registers{.tid = tid,
                                  .pc = Address{0x5000},
                                  .sp = Address{base + 0x100},
                                  .thread_pointer = Address{base + 0x2000}};
        registers.general[15] = UINT64_MAX;
        Thread thread;
        thread.tid = tid;
        thread.registers = registers;
        thread.stack = std::move(stack);
        threads.push_back(std::move(thread));
        contexts.push_back({.registers = registers, .states = {}});
        return threads.size() - 1;
    }

    /// Puts the last thread into a system call.
    void enter(std::uint64_t number,
               std::array<std::uint64_t, 6> arguments,
               std::uint64_t result = restart_system)
    {
        auto& general = contexts.back().registers->general;
        constexpr std::array<std::size_t, 6> places{14, 13, 12, 7, 9, 8};
        for (std::size_t i = 0; i < places.size(); ++i) {
            general[places[i]] = arguments[i];
        }
        general[15] = number;
        general[10] = result;
        general[11] = contexts.back().registers->pc.value;
    }

    /// The last thread was in that call when a handler of a signal was called.
    void interrupt()
    {
        contexts.back().interrupted = true;
        contexts.back().registers->general[15] = 0;
    }

    template <class T>
    void write(Address at, const T& value)
    {
        memory_.write(at, value);
    }

    void write_words(Address at, const std::vector<std::uint32_t>& words)
    {
        memory_.write_bytes(at, std::as_bytes(std::span(words)));
    }

    /// Of the last thread.
    [[nodiscard]] NativeState read() const
    {
        CoreBuilder core;
        for (const auto& [at, bytes] : memory_.areas()) {
            core.segment(at, bytes);
        }
        const AddressSpace memory(core.open());
        const Limits limits;
        Budget budget(limits);
        const std::vector layouts(interpreters.size(), std::make_shared<const Layout>(layout_));
        const WaitInput input{.memory = memory,
                              .machine = machine,
                              .modules = modules,
                              .threads = threads,
                              .contexts = contexts,
                              .interpreters = interpreters,
                              .layouts = layouts,
                              .limits = limits,
                              .budget = budget};
        return read_native_states(input, read_gils(input)).back();
    }

    Machine machine = Machine::x86_64;
    std::vector<Module> modules;  ///< the first is CPython
    std::vector<Thread> threads;
    std::vector<ThreadContext> contexts;
    std::vector<Interpreter> interpreters;

private:
    FakeMemory memory_;
    Layout layout_;
};

constexpr Address at(std::uint64_t offset)
{
    return Address{NativeProcess::data.value + offset};
}

}  // namespace pycore::test
