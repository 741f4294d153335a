#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "memory/module.hpp"
#include "support/core_builder.hpp"
#include "unwind/unwinder.hpp"

namespace pycore::test {

/// The call frame information of one function, by its instructions.
struct FunctionCfi {
    Address start;
    std::uint64_t size = 0;
    Bytes instructions;
    bool signal_frame = false;
};

Bytes bytes_from(std::initializer_list<int> values);

/// .eh_frame_hdr and, right after it, .eh_frame, as they lie at `at`. The entry state is that of
/// x86-64 after a call: CFA = sp + 8, return address at CFA - 8.
Bytes build_eh_frame(Address at, std::vector<FunctionCfi> functions);

/// One module with code, call frame information and the stack of one thread:
///
///     0x1000  code: all `nop` but for `call` before each return address
///     0x4000  call frame information
///     0x10000 stack, zero but for what the test pushes
class StackBuilder {
public:
    static constexpr Address code{0x1000};
    static constexpr Address frame_information{0x4000};
    static constexpr Address stack{0x10000};
    static constexpr std::uint64_t code_size = 0x2000;
    static constexpr std::uint64_t stack_size = 0x8000;

    explicit StackBuilder(Machine machine = Machine::x86_64);

    StackBuilder& function(FunctionCfi function);
    StackBuilder& put_code(Address at, const Bytes& bytes);
    StackBuilder& word(Address at, std::uint64_t value);
    /// A word that is a return address: a call is put before it.
    StackBuilder& return_address(Address at, Address value);
    StackBuilder& bytes(Address at, const Bytes& content);  ///< in the stack
    StackBuilder& code_not_saved();
    /// The module's ELF file, which has its symbols.
    StackBuilder& file(std::shared_ptr<const ElfFile> elf);
    StackBuilder& replace_frame_information(Bytes bytes);

    [[nodiscard]] NativeStack unwind(Address pc,
                                     Address sp,
                                     std::uint64_t frame_pointer = 0,
                                     const Limits& limits = {}) const;
    [[nodiscard]] NativeStack unwind(const ThreadRegisters& thread,
                                     const Limits& limits = {}) const;

    /// The process as an analysis has it. What is passed does not outlive the call.
    using Visit = std::function<void(const AddressSpace& memory, std::span<const Module> modules)>;
    void visit(const Visit& visit) const;

private:
    Machine machine_;
    Bytes code_bytes_;
    Bytes stack_bytes_;
    Bytes frame_bytes_;
    bool code_saved_ = true;
    std::shared_ptr<const ElfFile> elf_;
    std::vector<FunctionCfi> functions_;
};

/// The program counters of a stack, innermost first.
std::vector<std::uint64_t> pcs(const NativeStack& stack);

}  // namespace pycore::test
