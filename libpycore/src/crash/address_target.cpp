#include "crash/address_target.hpp"

#include <array>
#include <numeric>

#include "elf/register_names.hpp"
#include "unwind/cfi_index.hpp"

namespace pycore {
namespace {

/// rax rbx rcx rdx rsi rdi rbp rsp r8 ... r15 rip, by their place in the note.
constexpr std::array<std::uint8_t, 17> x86_64_order{10, 5, 11, 12, 13, 14, 4, 19, 9,
                                                    8,  7, 6,  3,  2,  1,  0, 16};
constexpr std::size_t aarch64_count = 33;  ///< without pstate

std::vector<std::uint8_t> order_of(Machine machine)
{
    if (machine == Machine::x86_64) {
        return {x86_64_order.begin(), x86_64_order.end()};
    }
    std::vector<std::uint8_t> order(aarch64_count);
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    return order;
}

/// The vdso is no file, and yet has a name.
void name_region(const Module& module, MappedRegion& region)
{
    if (region.file.empty() && module.path.starts_with('[')) {
        region.file = module.path;
    }
}

/// A function only where code can be: one whose size is not told would reach into the data.
std::optional<NativeSymbol> find_symbol(NativeSymbols& symbols,
                                        const MappedRegion& region,
                                        Address at,
                                        std::size_t module)
{
    auto symbol = region.executable ? std::nullopt : symbols.find_variable(at, module);
    const bool may_be_code = region.executable || !region.permissions_known;
    return symbol || !may_be_code ? symbol : symbols.find(at, module);
}

}  // namespace

AddressTarget find_address_target(const TargetSources& sources, Address at)
{
    AddressTarget target{.region = sources.map.find_region(at), .symbol = {}, .python_type = {}};
    if (!target.region) {
        return target;
    }
    if (const auto module = find_module(sources.modules, at)) {
        name_region(sources.modules[*module], *target.region);
        if (const auto symbol = find_symbol(sources.symbols, *target.region, at, *module)) {
            target.symbol = symbol->function;
            target.symbol_offset = symbol->offset;
        }
    }
    if (sources.types != nullptr) {
        target.python_type = sources.types->type_name(at);
    }
    return target;
}

std::vector<RegisterTarget> find_register_targets(const TargetSources& sources,
                                                  Machine machine,
                                                  const ThreadRegisters& registers)
{
    const auto names = register_names(machine);
    std::vector<RegisterTarget> targets;
    for (const std::uint8_t place : order_of(machine)) {
        const Address value{registers.general[place]};
        AddressTarget target = find_address_target(sources, value);
        if (target.region) {
            targets.push_back({std::string(names[place]), value, std::move(target)});
        }
    }
    return targets;
}

}  // namespace pycore
