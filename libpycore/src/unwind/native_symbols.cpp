#include "unwind/native_symbols.hpp"

#include "elf/mini_debug_info.hpp"
#include "unwind/call_target.hpp"
#include "unwind/debug_file.hpp"
#include "unwind/symbol_names.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_known = 1 << 14;
constexpr std::uint64_t largest_vdso = 64 << 10;

/// The vdso has no file, and lies in memory as a file would: its section headers included.
std::shared_ptr<const ElfFile> open_vdso(const Memory& memory, const Module& module)
{
    if (module.path != "[vdso]" || module.range.size() > largest_vdso) {
        return nullptr;
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(module.range.size()));
    return memory.read_bytes(module.range.low(), bytes, "vdso") ? open_elf_in_memory(bytes)
                                                                : nullptr;
}

}  // namespace

NativeSymbols::NativeSymbols(const Memory& memory,
                             std::span<const Module> modules,
                             FileSearch search,
                             const Deadline* deadline)
    : memory_(memory), modules_(modules), search_(std::move(search)), symbols_(modules.size())
{
    if (search_.debuginfod) {
        debuginfod_ = std::make_unique<Debuginfod>(deadline);
    }
}

const std::shared_ptr<const ElfFile>& NativeSymbols::debug_file(std::size_t module)
{
    ModuleSymbols& entry = symbols_[module];
    if (!entry.searched) {
        entry.searched = true;
        const Module& of = modules_[module];
        entry.debug_file = find_debug_file(of, search_);
        // The kernel's vdso, and code that never was a file, are no server's business.
        if (!entry.debug_file && debuginfod_ && of.build_id && of.path.starts_with('/')) {
            entry.debug_file = debuginfod_->find(*of.build_id);
        }
    }
    return entry.debug_file;
}

std::shared_ptr<const ElfFile> NativeSymbols::find_supplement(const std::string& build_id)
{
    auto file = find_debug_file(build_id, search_);
    return !file && debuginfod_ ? debuginfod_->find(build_id) : file;
}

std::vector<Gap> NativeSymbols::gaps() const
{
    return debuginfod_ && debuginfod_->problem() ? std::vector{*debuginfod_->problem()}
                                                 : std::vector<Gap>();
}

SymbolTable NativeSymbols::open_table(std::size_t module, SymbolKind kind)
{
    SymbolTable table(kind);
    const auto elf =
        modules_[module].elf ? modules_[module].elf : open_vdso(memory_, modules_[module]);
    if (elf && table.add(elf)) {
        return table;
    }
    if (const auto& separate = debug_file(module)) {
        table.add(separate);
    } else if (const auto packed = elf ? open_mini_debug_info(*elf) : nullptr) {
        table.add(packed);
    }
    return table;
}

const SymbolTable& NativeSymbols::functions_of(std::size_t module)
{
    auto& functions = symbols_[module].functions;
    if (!functions) {
        functions = open_table(module, SymbolKind::function);
    }
    return *functions;
}

std::optional<NativeSymbol> NativeSymbols::find(const SymbolTable& table,
                                                Address at,
                                                std::size_t module) const
{
    const std::uint64_t address = at.value - modules_[module].bias;
    const auto match = table.find(address);
    if (!match) {
        return std::nullopt;
    }
    return NativeSymbol{.symbol = match->names.front(),
                        .function = readable_name(match->names.front()),
                        .offset = address - match->start};
}

std::optional<NativeSymbol> NativeSymbols::find(Address at, std::size_t module)
{
    const auto known = known_.find(at.value);
    if (known != known_.end()) {
        return known->second;
    }
    auto symbol = find(functions_of(module), at, module);
    if (known_.size() < most_known) {
        known_.emplace(at.value, symbol);
    }
    return symbol;
}

std::optional<NativeSymbol> NativeSymbols::find_variable(Address at, std::size_t module)
{
    auto& variables = symbols_[module].variables;
    if (!variables) {
        variables = open_table(module, SymbolKind::variable);
    }
    return find(*variables, at, module);
}

std::optional<NativeSymbol> NativeSymbols::find(const NativeFrame& frame, const NativeFrame* caller)
{
    if (!frame.module) {
        return std::nullopt;
    }
    if (auto symbol = find(frame.lookup_address(), *frame.module)) {
        symbol->offset += frame.pc.value - frame.lookup_address().value;
        return symbol;
    }
    const Address start = frame.function_start.value_or(frame.pc);
    auto name = name_of_linkage(memory_, modules_, frame.pc);
    if (!name && frame.function_start && caller != nullptr && caller->return_address) {
        name = name_of_callee(memory_, modules_, caller->pc, start);
    }
    if (!name) {
        return std::nullopt;
    }
    return NativeSymbol{
        .symbol = *name, .function = readable_name(*name), .offset = frame.pc.value - start.value};
}

std::optional<NativeSymbol> NativeSymbols::find_bound(Address start, Address pc)
{
    // Few and short, where one implementation serves them all.
    constexpr std::size_t most_names = 4;
    constexpr std::size_t most_searches = 16;  // a crash has one, and one a nested signal
    if (searches_++ >= most_searches) {
        return std::nullopt;
    }
    const auto names = names_bound_to(memory_, modules_, start);
    if (names.empty() || names.size() > most_names) {
        return std::nullopt;
    }
    std::string joined;
    for (const std::string& name : names) {
        joined += (joined.empty() ? "" : "/") + name;
    }
    return NativeSymbol{
        .symbol = joined, .function = readable_name(joined), .offset = pc.value - start.value};
}

std::vector<std::string> NativeSymbols::aliases(Address at, std::size_t module)
{
    const auto match = functions_of(module).find(at.value - modules_[module].bias);
    return match ? match->names : std::vector<std::string>{};
}

}  // namespace pycore
