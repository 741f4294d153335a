#include "unwind/call_target.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "memory/dynamic_section.hpp"
#include "unwind/cfi_index.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t entry_size = 16;
constexpr std::uint64_t most_relocations = 1 << 16;
constexpr std::size_t longest_name = 4096;
constexpr std::size_t at_once = 256;

template <std::size_t size>
std::array<std::uint8_t, size> read_code(const Memory& memory, std::uint64_t at)
{
    std::array<std::uint8_t, size> bytes{};
    const auto done =
        memory.read_bytes(Address{at}, std::as_writable_bytes(std::span(bytes)), "instructions");
    return done ? bytes : std::array<std::uint8_t, size>{};
}

/// `base` plus the 32-bit displacement at `bytes`.
std::uint64_t displaced(std::uint64_t base, const std::uint8_t* bytes)
{
    std::int32_t displacement = 0;
    std::memcpy(&displacement, bytes, sizeof(displacement));
    return base + static_cast<std::uint64_t>(std::int64_t{displacement});
}

/// The slot that an entry of the linkage table jumps through: `jmp *slot(%rip)`, after `endbr64`
/// and with a `bnd` prefix where control flow is guarded.
std::optional<std::uint64_t> slot_of_entry(const Memory& memory, std::uint64_t entry)
{
    constexpr std::array<std::uint8_t, 4> endbr64{0xF3, 0x0F, 0x1E, 0xFA};
    const auto code = read_code<entry_size>(memory, entry);
    std::size_t at = std::equal(endbr64.begin(), endbr64.end(), code.begin()) ? 4 : 0;
    at += std::size_t{code[at] == 0xF2};
    if (code[at] != 0xFF || code[at + 1] != 0x25) {
        return std::nullopt;
    }
    return displaced(entry + at + 6, &code[at + 2]);
}

/// The slot that the call before `return_address` goes through: directly, or by the linkage table.
std::optional<std::uint64_t> slot_of_call(const Memory& memory, std::uint64_t return_address)
{
    const auto code = read_code<6>(memory, return_address - 6);
    if (code[0] == 0xFF && code[1] == 0x15) {
        return displaced(return_address, &code[2]);
    }
    if (code[1] != 0xE8) {
        return std::nullopt;
    }
    return slot_of_entry(memory, displaced(return_address, &code[2]));
}

/// Addresses of the process, from a module's dynamic section.
struct Relocations {
    struct Table {
        std::uint64_t start = 0;
        std::uint64_t size = 0;
    };
    std::array<Table, 2> tables;  ///< DT_JMPREL and DT_RELA
    std::uint64_t symbols = 0;
    std::uint64_t strings = 0;
};

Relocations find_relocations(const Memory& memory, const Module& module)
{
    Relocations found;
    for_each_dynamic_entry(memory, module, [&](const Elf64_Dyn& entry) {
        const std::uint64_t value = entry.d_un.d_val;
        switch (entry.d_tag) {
        case DT_JMPREL: found.tables[0].start = relocated(module, value); break;
        case DT_PLTRELSZ: found.tables[0].size = value; break;
        case DT_RELA: found.tables[1].start = relocated(module, value); break;
        case DT_RELASZ: found.tables[1].size = value; break;
        case DT_SYMTAB: found.symbols = relocated(module, value); break;
        case DT_STRTAB: found.strings = relocated(module, value); break;
        default: break;
        }
    });
    return found;
}

/// Calls `visit` with each relocation until it returns true.
template <class Visit>
void for_each_relocation(const Memory& memory, const Relocations& relocations, Visit visit)
{
    std::array<Elf64_Rela, at_once> buffer{};
    for (const Relocations::Table& table : relocations.tables) {
        const std::uint64_t count = std::min(table.size / sizeof(Elf64_Rela), most_relocations);
        for (std::uint64_t done = 0; done < count; done += buffer.size()) {
            const auto part = std::span(buffer).first(
                static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), count - done)));
            if (!memory.read_bytes(Address{table.start + done * sizeof(Elf64_Rela)},
                                   std::as_writable_bytes(part), "relocations")) {
                break;
            }
            if (std::any_of(part.begin(), part.end(), visit)) {
                return;
            }
        }
    }
}

std::optional<std::string> name_of_symbol(const Memory& memory,
                                          const Relocations& relocations,
                                          std::uint64_t number)
{
    if (number == 0) {
        return std::nullopt;
    }
    const auto symbol = memory.read<Elf64_Sym>(
        Address{relocations.symbols + number * sizeof(Elf64_Sym)}, "dynamic symbol");
    if (!symbol) {
        return std::nullopt;
    }
    const auto name = memory.read_c_string(Address{relocations.strings + symbol->st_name},
                                           longest_name, "dynamic symbol");
    return name && !name->empty() ? std::optional(*name) : std::nullopt;
}

/// The symbol that the dynamic linker filled the slot at `at` with.
std::optional<std::string> name_of_slot(const Memory& memory,
                                        std::span<const Module> modules,
                                        std::uint64_t at)
{
    const auto index = find_module(modules, Address{at});
    if (!index) {
        return std::nullopt;
    }
    const Module& module = modules[*index];
    const Relocations relocations = find_relocations(memory, module);
    std::uint64_t number = 0;
    for_each_relocation(memory, relocations, [&](const Elf64_Rela& relocation) {
        const bool found = relocation.r_offset == at - module.bias;
        number = found ? ELF64_R_SYM(relocation.r_info) : 0;
        return found;
    });
    return name_of_symbol(memory, relocations, number);
}

}  // namespace

std::optional<std::string> name_of_callee(const Memory& memory,
                                          std::span<const Module> modules,
                                          Address return_address,
                                          Address callee)
{
    const auto slot = slot_of_call(memory, return_address.value);
    const auto target =
        slot ? memory.read<Address>(Address{*slot}, "linkage slot") : Result<Address>(Address{});
    // A slot not bound yet leads back into the linkage table, and a tail call to another function.
    if (!slot || !target || *target != callee) {
        return std::nullopt;
    }
    return name_of_slot(memory, modules, *slot);
}

std::vector<std::string> names_bound_to(const Memory& memory,
                                        std::span<const Module> modules,
                                        Address callee)
{
    std::set<std::string> names;
    std::size_t left = most_relocations;
    for (const Module& module : modules) {
        const Relocations relocations = find_relocations(memory, module);
        for_each_relocation(memory, relocations, [&](const Elf64_Rela& relocation) {
            const auto type = ELF64_R_TYPE(relocation.r_info);
            if (type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT) {
                const auto bound = memory.read<Address>(Address{module.bias + relocation.r_offset},
                                                        "linkage slot");
                if (bound && *bound == callee) {
                    const auto name =
                        name_of_symbol(memory, relocations, ELF64_R_SYM(relocation.r_info));
                    names.insert(name.value_or(""));
                }
            }
            return left == 0 || --left == 0;
        });
    }
    names.erase("");
    return {names.begin(), names.end()};
}

std::optional<std::string> name_of_linkage(const Memory& memory,
                                           std::span<const Module> modules,
                                           Address at)
{
    const auto slot = slot_of_entry(memory, at.value & ~(entry_size - 1));
    const auto name = slot ? name_of_slot(memory, modules, *slot) : std::nullopt;
    return name ? std::optional(*name + "@plt") : std::nullopt;
}

}  // namespace pycore
