#include "unwind/cfi_index.hpp"

#include <algorithm>
#include <utility>

namespace pycore {
namespace {

// About a KiB each. A core with more distinct places than this reads the others again.
constexpr std::size_t most_rows = 4096;

/// .eh_frame of a file whose search table is missing, at its place in the process.
std::optional<CfiTable> open_frame_section(const Memory& memory, const Module& module)
{
    const auto section = module.elf ? module.elf->find_section(".eh_frame") : std::nullopt;
    if (!section) {
        return std::nullopt;
    }
    const ReadAt read = [&memory](std::uint64_t at, std::span<std::byte> out, Label what) {
        return memory.read_bytes(Address{at}, out, what);
    };
    return CfiTable::from_section(
        {.read = read, .start = module.bias + section->address, .size = section->size});
}

std::optional<CfiTable> open_debug_section(const ElfFile* elf, const Module& module)
{
    const auto section = elf != nullptr ? elf->find_section(".debug_frame") : std::nullopt;
    if (!section || (section->flags & SHF_COMPRESSED) != 0) {
        return std::nullopt;
    }
    return CfiTable::from_section({.read = elf->input()->reader(),
                                   .start = section->file_offset,
                                   .size = section->size,
                                   .debug_frame = true,
                                   .bias = module.bias});
}

}  // namespace

CfiIndex::CfiIndex(const Memory& memory, std::span<const Module> modules, DebugFiles debug_files)
    : memory_(memory),
      modules_(modules),
      debug_files_(std::move(debug_files)),
      tables_(modules.size())
{
}

const std::vector<CfiTable>& CfiIndex::tables_of(std::size_t module)
{
    Tables& entry = tables_[module];
    if (entry.opened) {
        return entry.tables;
    }
    entry.opened = true;
    const auto add = [&entry](std::optional<CfiTable> table) {
        if (table) {
            entry.tables.push_back(std::move(*table));
        }
    };
    add(CfiTable::from_search_table(memory_, modules_[module]));
    if (entry.tables.empty()) {
        add(open_frame_section(memory_, modules_[module]));
    }
    add(open_debug_section(modules_[module].elf.get(), modules_[module]));
    return entry.tables;
}

std::span<const CfiTable> CfiIndex::search_debug_file(std::size_t module)
{
    Tables& entry = tables_[module];
    if (entry.searched || !debug_files_) {
        return {};
    }
    entry.searched = true;
    const auto file = debug_files_(module);
    auto table = open_debug_section(file.get(), modules_[module]);
    if (!table) {
        return {};
    }
    entry.tables.push_back(std::move(*table));
    return std::span(entry.tables).last(1);
}

std::shared_ptr<const UnwindRow> CfiIndex::find_in(std::span<const CfiTable> tables, Address pc)
{
    for (const CfiTable& table : tables) {
        if (auto entry = table.find(pc)) {
            if (auto made = make_unwind_row(std::move(*entry), pc)) {
                return *made;
            }
        }
    }
    return nullptr;
}

std::shared_ptr<const UnwindRow> CfiIndex::find(Address pc, std::size_t module)
{
    const auto known = rows_.find(pc.value);
    if (known != rows_.end()) {
        return known->second;
    }
    auto row = find_in(tables_of(module), pc);
    if (!row) {
        row = find_in(search_debug_file(module), pc);
    }
    if (rows_.size() < most_rows) {
        rows_.emplace(pc.value, row);
    }
    return row;
}

std::optional<std::size_t> find_module(std::span<const Module> modules, Address at)
{
    const auto after = std::upper_bound(
        modules.begin(), modules.end(), at,
        [](Address wanted, const Module& module) { return wanted < module.range.low(); });
    if (after == modules.begin() || !std::prev(after)->range.contains(at)) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(std::prev(after) - modules.begin());
}

}  // namespace pycore
