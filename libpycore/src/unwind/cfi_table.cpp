#include "unwind/cfi_table.hpp"

#include <algorithm>
#include <array>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr Label what = ".eh_frame_hdr";
constexpr std::uint64_t most_entries = 1 << 20;
constexpr std::uint8_t table_encoding = 0x3B;  // signed 32-bit, from the header's start

ReadAt reader_of(const Memory& memory)
{
    return [&memory](std::uint64_t at, std::span<std::byte> out, Label label) {
        return memory.read_bytes(Address{at}, out, label);
    };
}

}  // namespace

std::optional<CfiTable> CfiTable::from_search_table(const Memory& memory, const Module& module)
{
    const auto headers = module.program_headers.empty() && module.elf
                             ? module.elf->program_headers()
                             : std::span<const Elf64_Phdr>(module.program_headers);
    const auto found = std::find_if(headers.begin(), headers.end(), [](const Elf64_Phdr& header) {
        return header.p_type == PT_GNU_EH_FRAME;
    });
    if (found == headers.end()) {
        return std::nullopt;
    }
    CfiTable table;
    table.header_ = module.bias + found->p_vaddr;
    std::array<std::byte, 20> bytes{};
    if (!memory.read_bytes(Address{table.header_}, bytes, what)) {
        return std::nullopt;
    }
    ByteReader reader(bytes);
    const auto version = reader.read<std::uint8_t>();
    const auto start_encoding = reader.read<std::uint8_t>();
    const auto count_encoding = reader.read<std::uint8_t>();
    const auto encoding = reader.read<std::uint8_t>();
    const std::uint64_t start =
        read_encoded(reader, start_encoding, table.header_ + reader.position(), table.header_);
    table.count_ =
        read_encoded(reader, count_encoding, table.header_ + reader.position(), table.header_);
    table.table_ = table.header_ + reader.position();
    // How long .eh_frame is is not told; its entries lie in the module like everything else.
    table.section_ = {
        .read = reader_of(memory), .start = start, .size = module.range.high().value - start};
    if (reader.failed() || version != 1 || !module.range.contains(Address{start})) {
        return std::nullopt;
    }
    if (encoding != table_encoding || table.count_ == 0) {
        return from_section(table.section_);
    }
    table.count_ = std::min(table.count_, found->p_memsz / 8);
    return table;
}

std::optional<CfiTable> CfiTable::from_section(CfiSection section)
{
    CfiTable table;
    table.section_ = std::move(section);
    std::uint64_t at = table.section_.start;
    for (std::uint64_t count = 0; count < most_entries; ++count) {
        const auto header = read_cfi_header(table.section_, at);
        if (!header || !*header) {
            break;
        }
        if ((*header)->common) {
            if (const auto entry = read_cfi_entry(table.section_, at)) {
                table.places_.push_back({.start = entry->start, .entry = at});
            }
        }
        at = (*header)->next;
    }
    std::sort(table.places_.begin(), table.places_.end(),
              [](const Place& a, const Place& b) { return a.start < b.start; });
    table.count_ = table.places_.size();
    return table.places_.empty() ? std::nullopt : std::optional(std::move(table));
}

Result<CfiTable::Place> CfiTable::place(std::uint64_t index) const
{
    if (!places_.empty()) {
        return places_[static_cast<std::size_t>(index)];
    }
    std::array<std::int32_t, 2> pair{};
    PYCORE_CHECK(section_.read(table_ + index * sizeof(pair),
                               std::as_writable_bytes(std::span(pair)), what));
    return Place{.start = header_ + static_cast<std::uint64_t>(std::int64_t{pair[0]}),
                 .entry = header_ + static_cast<std::uint64_t>(std::int64_t{pair[1]})};
}

Result<std::optional<CfiTable::Place>> CfiTable::find_place(Address pc) const
{
    std::optional<Place> best;
    std::uint64_t low = 0;
    std::uint64_t high = count_;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        PYCORE_TRY(const Place candidate, place(middle));
        if (candidate.start <= pc.value) {
            best = candidate;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return best;
}

Result<CfiEntry> CfiTable::find(Address pc) const
{
    const Fault none{FaultCode::unmapped, pc.value, what};
    PYCORE_TRY(const auto place, find_place(pc));
    if (!place) {
        return none;
    }
    PYCORE_TRY(auto entry, read_cfi_entry(section_, place->entry));
    if (pc.value - entry.start >= entry.size) {
        return none;
    }
    return entry;
}

}  // namespace pycore
