#include "support/stack_builder.hpp"

#include <algorithm>
#include <cstring>

namespace pycore::test {
namespace {

void append_entry(Bytes& bytes, std::uint32_t id, const Bytes& body)
{
    append(bytes, static_cast<std::uint32_t>(body.size() + sizeof(id)));
    append(bytes, id);
    bytes.insert(bytes.end(), body.begin(), body.end());
}

/// Version 1, "zR" or "zRS", code alignment 1, data alignment -8, return address in column 16,
/// pointers of 8 bytes. CFA = rsp + 8; rip at CFA - 8.
Bytes common_body(bool signal_frame)
{
    Bytes body = signal_frame ? bytes_from({1, 'z', 'R', 'S', 0}) : bytes_from({1, 'z', 'R', 0});
    const Bytes rest = bytes_from({1, 0x78, 16, 1, 0x00, 0x0C, 7, 8, 0x80 | 16, 1});
    body.insert(body.end(), rest.begin(), rest.end());
    return body;
}

}  // namespace

Bytes bytes_from(std::initializer_list<int> values)
{
    Bytes bytes;
    for (const int value : values) {
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

Bytes build_eh_frame(Address at, std::vector<FunctionCfi> functions)
{
    std::sort(functions.begin(), functions.end(),
              [](const FunctionCfi& a, const FunctionCfi& b) { return a.start < b.start; });
    const std::uint64_t header_size = 12 + 8 * functions.size();
    Bytes frame;
    append_entry(frame, 0, common_body(false));
    const auto signal_common = static_cast<std::uint32_t>(frame.size());
    append_entry(frame, 0, common_body(true));

    Bytes table;
    for (const FunctionCfi& function : functions) {
        const auto entry = static_cast<std::uint32_t>(frame.size());
        append(table, static_cast<std::int32_t>(function.start.value - at.value));
        append(table, static_cast<std::int32_t>(header_size + entry));
        Bytes body;
        append(body, function.start.value);
        append(body, function.size);
        body.push_back(std::byte{0});
        body.insert(body.end(), function.instructions.begin(), function.instructions.end());
        append_entry(frame, entry + 4 - (function.signal_frame ? signal_common : 0), body);
    }
    // Version 1; start pc-relative, count plain, table relative to here: all of 4 bytes.
    Bytes all = bytes_from({1, 0x1B, 0x03, 0x3B});
    append(all, static_cast<std::int32_t>(header_size - 4));
    append(all, static_cast<std::uint32_t>(functions.size()));
    all.insert(all.end(), table.begin(), table.end());
    all.insert(all.end(), frame.begin(), frame.end());
    return all;
}

StackBuilder::StackBuilder(Machine machine)
    : machine_(machine), code_bytes_(code_size, std::byte{0x90}), stack_bytes_(stack_size)
{
}

StackBuilder& StackBuilder::function(FunctionCfi function)
{
    functions_.push_back(std::move(function));
    return *this;
}

StackBuilder& StackBuilder::put_code(Address at, const Bytes& bytes)
{
    std::copy(bytes.begin(), bytes.end(),
              code_bytes_.begin() + static_cast<std::ptrdiff_t>(at.value - code.value));
    return *this;
}

StackBuilder& StackBuilder::word(Address at, std::uint64_t value)
{
    std::memcpy(&stack_bytes_.at(static_cast<std::size_t>(at.value - stack.value)), &value,
                sizeof(value));
    return *this;
}

StackBuilder& StackBuilder::return_address(Address at, Address value)
{
    if (machine_ == Machine::x86_64) {
        put_code(Address{value.value - 5}, bytes_from({0xE8, 0, 0, 0, 0}));
    } else {
        put_code(Address{value.value - 4}, bytes_from({0, 0, 0, 0x94}));
    }
    return word(at, value.value);
}

StackBuilder& StackBuilder::bytes(Address at, const Bytes& content)
{
    std::copy(content.begin(), content.end(),
              stack_bytes_.begin() + static_cast<std::ptrdiff_t>(at.value - stack.value));
    return *this;
}

StackBuilder& StackBuilder::file(std::shared_ptr<const ElfFile> elf)
{
    elf_ = std::move(elf);
    return *this;
}

StackBuilder& StackBuilder::code_not_saved()
{
    code_saved_ = false;
    return *this;
}

StackBuilder& StackBuilder::replace_frame_information(Bytes bytes)
{
    frame_bytes_ = std::move(bytes);
    return *this;
}

NativeStack StackBuilder::unwind(Address pc,
                                 Address sp,
                                 std::uint64_t frame_pointer,
                                 const Limits& limits) const
{
    ThreadRegisters thread;
    thread.pc = pc;
    thread.sp = sp;
    thread.general[machine_ == Machine::x86_64 ? 4 : 29] = frame_pointer;
    return unwind(thread, limits);
}

NativeStack StackBuilder::unwind(const ThreadRegisters& thread, const Limits& limits) const
{
    NativeStack result;
    visit([&](const AddressSpace& memory, std::span<const Module> modules) {
        Deadline deadline(limits.max_time);
        result = Unwinder(machine_, memory, modules).unwind(thread, limits, deadline);
    });
    return result;
}

void StackBuilder::visit(const Visit& visit) const
{
    const Bytes frames =
        frame_bytes_.empty() ? build_eh_frame(frame_information, functions_) : frame_bytes_;
    CoreBuilder builder;
    builder.machine(machine_);
    const SegmentOptions executable{.size = code_size, .writable = false, .executable = true};
    builder.segment(code, code_saved_ ? code_bytes_ : Bytes{}, executable);
    builder.segment(frame_information, frames, {.size = 0x4000, .writable = false});
    builder.segment(stack, stack_bytes_);
    const CoreFile core = builder.open();
    const AddressSpace memory(core);

    Module module;
    module.path = "/lib/module.so";
    module.range = AddressRange::make(code, 0x7000).value();
    module.program_headers.push_back({.p_type = PT_GNU_EH_FRAME,
                                      .p_flags = PF_R,
                                      .p_offset = 0,
                                      .p_vaddr = frame_information.value,
                                      .p_paddr = 0,
                                      .p_filesz = frames.size(),
                                      .p_memsz = frames.size(),
                                      .p_align = 4});
    module.elf = elf_;
    const std::vector<Module> modules{module};
    visit(memory, modules);
}

std::vector<std::uint64_t> pcs(const NativeStack& stack)
{
    std::vector<std::uint64_t> values;
    for (const NativeFrame& frame : stack.frames) {
        values.push_back(frame.pc.value);
    }
    return values;
}

}  // namespace pycore::test
