#include "unwind/call_target.hpp"

#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address base{0x1'0000};
constexpr Address linkage_entry{0x1'1010};
constexpr Address slot{0x1'3020};
constexpr Address return_address{0x1'1105};
constexpr Address callee{0x5'0000};

/// A module that calls `strlen` by its linkage table: code at 0x1000, relocations, symbols and
/// names at 0x2000, the dynamic section at 0x2800 and the slots at 0x3000.
class CallingModule {
public:
    CallingModule()
    {
        memory.add_area(base, 0x4000);
        put(linkage_entry, bytes_from({0xF3, 0x0F, 0x1E, 0xFA}));  // endbr64
        jump(Address{linkage_entry.value + 4}, slot);
        put(Address{return_address.value - 5}, bytes_from({0xE8}));
        displacement(Address{return_address.value - 4}, return_address, linkage_entry);
        memory.write(slot, callee.value);
        const Elf64_Rela relocation{.r_offset = slot.value - base.value,
                                    .r_info = ELF64_R_INFO(1, R_X86_64_JUMP_SLOT),
                                    .r_addend = 0};
        memory.write(Address{base.value + 0x2000}, relocation);
        memory.write(Address{base.value + 0x2100 + sizeof(Elf64_Sym)}, Elf64_Sym{.st_name = 1});
        put(Address{base.value + 0x2201}, bytes_of("strlen"));
        dynamic(0, DT_JMPREL, base.value + 0x2000);
        dynamic(1, DT_PLTRELSZ, sizeof(Elf64_Rela));
        dynamic(2, DT_SYMTAB, base.value + 0x2100);
        dynamic(3, DT_STRTAB, base.value + 0x2200);
        Module module;
        module.range = AddressRange::make(base, 0x4000).value();
        module.bias = base.value;
        module.program_headers.push_back(
            {.p_type = PT_DYNAMIC, .p_vaddr = 0x2800, .p_memsz = 5 * sizeof(Elf64_Dyn)});
        modules.push_back(module);
    }

    void put(Address at, const Bytes& bytes) { memory.write_bytes(at, bytes); }
    void jump(Address at, Address through)
    {
        put(at, bytes_from({0xFF, 0x25}));
        displacement(Address{at.value + 2}, Address{at.value + 6}, through);
    }
    void displacement(Address at, Address from, Address to)
    {
        memory.write(at, static_cast<std::int32_t>(to.value - from.value));
    }

    FakeMemory memory;
    std::vector<Module> modules;

private:
    void dynamic(std::uint64_t index, Elf64_Sxword tag, std::uint64_t value)
    {
        memory.write(Address{base.value + 0x2800 + index * sizeof(Elf64_Dyn)},
                     Elf64_Dyn{.d_tag = tag, .d_un = {.d_val = value}});
    }
};

TEST_CASE("a function without a symbol has the name it was called by", "[unwind]")
{
    const CallingModule process;

    CHECK(name_of_callee(process.memory, process.modules, return_address, callee) == "strlen");
    CHECK(name_of_linkage(process.memory, process.modules, Address{linkage_entry.value + 4}) ==
          "strlen@plt");
}

TEST_CASE("a call through the slot itself names its function too", "[unwind]")
{
    CallingModule process;
    process.put(Address{return_address.value - 6}, bytes_from({0xFF, 0x15}));
    process.displacement(Address{return_address.value - 4}, return_address, slot);

    CHECK(name_of_callee(process.memory, process.modules, return_address, callee) == "strlen");
}

TEST_CASE("a call that led elsewhere names nothing", "[unwind]")
{
    const CallingModule process;

    CHECK_FALSE(name_of_callee(process.memory, process.modules, return_address,
                               Address{callee.value + 16}));
    CHECK_FALSE(
        name_of_callee(process.memory, process.modules, Address{base.value + 0x1800}, callee));
    CHECK_FALSE(name_of_callee(process.memory, process.modules, Address{}, callee));
    CHECK_FALSE(name_of_linkage(process.memory, process.modules, base));
}

}  // namespace
}  // namespace pycore::test
