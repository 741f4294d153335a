#include "crash/address_target.hpp"

#include "elf/mini_debug_info.hpp"
#include "elf/register_names.hpp"
#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/section_file.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t page = 4096;
constexpr Address image{0x7F00'0000'0000};
constexpr Address data{image.value + page};
constexpr std::uint16_t data_section = 2;

/// A library with a page of code and one of data, and its symbols.
class Library {
public:
    Library()
        : core(CoreBuilder()
                   .not_saved(image, page, {.writable = false, .executable = true})
                   .segment(data, Bytes(page, std::byte{0}))
                   .mapped_file(image, 2 * page, 0, "/usr/lib/libx.so")
                   .open()),
          memory(core),
          map(core),
          modules(1)
    {
        modules[0].path = "/usr/lib/libx.so";
        modules[0].range = AddressRange::make(image, 2 * page).value();
        modules[0].bias = image.value;
        modules[0].elf =
            open_elf_in_memory(build_symbol_file({{.name = "decode", .start = 0x100, .size = 0x40},
                                                  {.name = "_fini", .start = 0x200},
                                                  {.name = "table",
                                                   .start = page + 0x10,
                                                   .size = 0x20,
                                                   .type = STT_OBJECT,
                                                   .section = data_section},
                                                  {.name = "_edata",
                                                   .start = page + 0x80,
                                                   .type = STT_NOTYPE,
                                                   .section = data_section}}));
    }

    AddressTarget target(std::uint64_t offset)
    {
        NativeSymbols symbols(memory, modules, {});
        return find_address_target({map, modules, symbols}, Address{image.value + offset});
    }

    std::vector<RegisterTarget> registers(Machine machine, const ThreadRegisters& registers)
    {
        NativeSymbols symbols(memory, modules, {});
        return find_register_targets({map, modules, symbols}, machine, registers);
    }

    CoreFile core;
    AddressSpace memory;
    MemoryMap map;
    std::vector<Module> modules;
};

TEST_CASE("code is told by its function, data by its variable", "[crash]")
{
    Library library;
    CHECK(library.target(0x108).symbol == "decode");
    CHECK(library.target(0x108).symbol_offset == 8);
    CHECK(library.target(page + 0x18).symbol == "table");
    CHECK(library.target(page + 0x18).symbol_offset == 8);
}

TEST_CASE("no symbol is told that does not hold the address", "[crash]")
{
    Library library;
    CHECK(library.target(page + 0x30).symbol.empty());
    CHECK(library.target(page + 0x90).symbol.empty());  // neither _edata nor _fini reaches here
    const AddressTarget target = library.target(page + 0x90);
    REQUIRE(target.region);
    CHECK(target.region->file == "/usr/lib/libx.so");
    CHECK_FALSE(library.target(2 * page).region);
}

TEST_CASE("registers that point nowhere are left out", "[crash]")
{
    Library library;
    ThreadRegisters registers;
    const auto names = register_names(Machine::x86_64);
    for (std::size_t place = 0; place < names.size(); ++place) {
        registers.general.at(place) = names[place] == "rip"        ? image.value + 0x100
                                      : names[place] == "rdi"      ? data.value + 0x10
                                      : names[place] == "orig_rax" ? image.value
                                                                   : place;
    }
    const auto targets = library.registers(Machine::x86_64, registers);
    REQUIRE(targets.size() == 2);
    CHECK(targets[0].name == "rdi");
    CHECK(targets[0].value == Address{data.value + 0x10});
    CHECK(targets[0].target.symbol == "table");
    CHECK(targets[1].name == "rip");
    CHECK(targets[1].target.symbol == "decode");
}

TEST_CASE("each general register has its own name", "[crash]")
{
    Library library;
    ThreadRegisters registers;
    registers.general.fill(data.value);
    std::string x86_64;
    for (const RegisterTarget& target : library.registers(Machine::x86_64, registers)) {
        x86_64 += target.name + ' ';
    }
    CHECK(x86_64 == "rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip ");
    const auto aarch64 = library.registers(Machine::aarch64, registers);
    REQUIRE(aarch64.size() == 33);
    CHECK(aarch64.front().name == "x0");
    CHECK(aarch64.back().name == "pc");
}

TEST_CASE("the vdso is named although it is no file", "[crash]")
{
    const CoreFile core =
        CoreBuilder().segment(image, Bytes(page, std::byte{0}), {.writable = false}).open();
    const AddressSpace memory(core);
    const MemoryMap map(core);
    std::vector<Module> modules(1);
    modules[0].path = "[vdso]";
    modules[0].range = AddressRange::make(image, page).value();
    NativeSymbols symbols(memory, modules, {});
    CHECK(find_address_target({map, modules, symbols}, image).region->file == "[vdso]");
}

}  // namespace
}  // namespace pycore::test
