#include "unwind/debug_info.hpp"

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <algorithm>
#include <array>
#include <new>
#include <unordered_map>

namespace pycore {
namespace {

// A sibling reference may lead back, and a hostile tree may be deep.
constexpr std::size_t most_entries = 1 << 20;
constexpr int deepest_scope = 64;
constexpr std::size_t most_inlined = 64;

struct ElfEnd {
    void operator()(Elf* elf) const { elf_end(elf); }
};
struct DwarfEnd {
    void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};

// Left alone, libdw prints a line and calls exit() where memory is out. Its functions hold no lock
// while they call this, and what they build is freed with the handle.
[[noreturn]] void out_of_memory()
{
    throw std::bad_alloc();
}

/// libdw's handles of one file. The file is mapped: DWARF is far too long to be read whole.
struct OpenedDwarf {
    std::shared_ptr<const ElfFile> file;
    std::unique_ptr<Elf, ElfEnd> elf;
    std::unique_ptr<Dwarf, DwarfEnd> dwarf;

    static std::optional<OpenedDwarf> open(std::shared_ptr<const ElfFile> file)
    {
        elf_version(EV_CURRENT);
        OpenedDwarf opened{.file = std::move(file), .elf = nullptr, .dwarf = nullptr};
        opened.elf.reset(elf_begin(opened.file->input()->descriptor(), ELF_C_READ_MMAP, nullptr));
        opened.dwarf.reset(dwarf_begin_elf(opened.elf.get(), DWARF_C_READ, nullptr));
        if (!opened.dwarf) {
            return std::nullopt;
        }
        dwarf_new_oom_handler(opened.dwarf.get(), out_of_memory);
        return opened;
    }
};

/// A run of code and the offset of the entry it belongs to.
struct CodeRange {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    Dwarf_Off entry = 0;
};

/// The entry whose code is nearest around `address`; nothing where none is.
std::optional<Dwarf_Off> find_range(const std::vector<CodeRange>& ranges, std::uint64_t address)
{
    auto it =
        std::upper_bound(ranges.begin(), ranges.end(), address,
                         [](std::uint64_t at, const CodeRange& range) { return at < range.low; });
    if (it == ranges.begin() || std::prev(it)->high <= address) {
        return std::nullopt;
    }
    return std::prev(it)->entry;
}

void add_ranges(Dwarf_Die* entry, std::vector<CodeRange>& ranges)
{
    Dwarf_Addr base = 0;
    Dwarf_Addr low = 0;
    Dwarf_Addr high = 0;
    std::ptrdiff_t next = 0;
    while ((next = dwarf_ranges(entry, next, &base, &low, &high)) > 0) {
        if (low < high && ranges.size() < most_entries) {
            ranges.push_back({.low = low, .high = high, .entry = dwarf_dieoffset(entry)});
        }
    }
}

void sort(std::vector<CodeRange>& ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const CodeRange& a, const CodeRange& b) { return a.low < b.low; });
}

/// libdw would open the file that such a unit names.
bool is_split(Dwarf_Die* unit)
{
    return dwarf_hasattr(unit, DW_AT_dwo_name) != 0 || dwarf_hasattr(unit, DW_AT_GNU_dwo_name) != 0;
}

/// Calls `visit` for each child until it says that it has seen enough.
template <class Visit>
void for_each_child(Dwarf_Die* parent, std::size_t& budget, const Visit& visit)
{
    Dwarf_Die child{};
    if (dwarf_child(parent, &child) != 0) {
        return;
    }
    while (budget > 0) {
        --budget;
        if (visit(&child)) {
            return;
        }
        if (dwarf_siblingof(&child, &child) != 0) {
            return;
        }
    }
}

void add_functions(Dwarf_Die* parent,
                   std::vector<CodeRange>& ranges,
                   std::size_t& budget,
                   int depth)
{
    for_each_child(parent, budget, [&](Dwarf_Die* child) {
        switch (dwarf_tag(child)) {
        case DW_TAG_subprogram: add_ranges(child, ranges); break;
        case DW_TAG_namespace:
        case DW_TAG_module:
        case DW_TAG_class_type:
        case DW_TAG_structure_type:
            if (depth < deepest_scope) {
                add_functions(child, ranges, budget, depth + 1);
            }
            break;
        default: break;
        }
        return false;
    });
}

/// The function and what is inlined in it at `address`, outermost first.
void descend(Dwarf_Die* scope,
             std::uint64_t address,
             std::vector<Dwarf_Die>& inlined,
             std::size_t& budget,
             int depth)
{
    for_each_child(scope, budget, [&](Dwarf_Die* child) {
        const int tag = dwarf_tag(child);
        const bool scope_like = tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block ||
                                tag == DW_TAG_try_block || tag == DW_TAG_catch_block;
        if (!scope_like || dwarf_haspc(child, address) != 1) {
            return false;
        }
        if (tag == DW_TAG_inlined_subroutine) {
            inlined.push_back(*child);
        }
        if (depth < deepest_scope && inlined.size() < most_inlined) {
            descend(child, address, inlined, budget, depth + 1);
        }
        return true;
    });
}

std::string text_of(const char* text)
{
    return text == nullptr ? std::string{} : std::string(text);
}

std::string symbol_of(Dwarf_Die* entry)
{
    Dwarf_Attribute attribute{};
    for (const unsigned name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name, DW_AT_name}) {
        if (dwarf_attr_integrate(entry, name, &attribute) != nullptr) {
            if (const char* const text = dwarf_formstring(&attribute)) {
                return text;
            }
        }
    }
    return {};
}

std::optional<std::uint64_t> number_of(Dwarf_Die* entry, unsigned name)
{
    Dwarf_Attribute attribute{};
    Dwarf_Word value = 0;
    return dwarf_attr(entry, name, &attribute) != nullptr &&
                   dwarf_formudata(&attribute, &value) == 0
               ? std::optional<std::uint64_t>(value)
               : std::nullopt;
}

/// Where `entry` is called: in the function it is inlined into.
void set_call_site(SourceFrame& frame, Dwarf_Die* unit, Dwarf_Die* entry)
{
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    const auto file = number_of(entry, DW_AT_call_file);
    frame.line = static_cast<std::uint32_t>(number_of(entry, DW_AT_call_line).value_or(0));
    if (file && dwarf_getsrcfiles(unit, &files, &count) == 0 && *file < count) {
        frame.file =
            text_of(dwarf_filesrc(files, static_cast<std::size_t>(*file), nullptr, nullptr));
    }
}

void set_line(SourceFrame& frame, Dwarf_Die* unit, std::uint64_t address)
{
    Dwarf_Line* const line = dwarf_getsrc_die(unit, address);
    int number = 0;
    if (line != nullptr && dwarf_lineno(line, &number) == 0 && number > 0) {
        frame.line = static_cast<std::uint32_t>(number);
        frame.file = text_of(dwarf_linesrc(line, nullptr, nullptr));
    }
}

/// Functions that the linker dropped keep their entries, at 0 or near it.
bool is_code(const ElfFile& file, std::uint64_t address)
{
    const auto headers = file.program_headers();
    return std::any_of(headers.begin(), headers.end(), [address](const Elf64_Phdr& header) {
        return header.p_type == PT_LOAD && (header.p_flags & PF_X) != 0 &&
               address - header.p_vaddr < header.p_memsz;
    });
}

}  // namespace

struct DebugInfo::Parts {
    std::optional<OpenedDwarf> supplement;
    OpenedDwarf main;
    std::optional<std::vector<CodeRange>> units;  ///< of those that .debug_aranges leaves out
    std::unordered_map<Dwarf_Off, std::vector<CodeRange>> functions;  ///< by unit

    std::optional<Dwarf_Die> find_unit(std::uint64_t address)
    {
        Dwarf_Die unit{};
        if (dwarf_addrdie(main.dwarf.get(), address, &unit) != nullptr) {
            return unit;
        }
        if (!units) {
            units = read_units();
        }
        const auto offset = find_range(*units, address);
        if (!offset || dwarf_offdie(main.dwarf.get(), *offset, &unit) == nullptr) {
            return std::nullopt;
        }
        return unit;
    }

    [[nodiscard]] std::vector<CodeRange> read_units() const
    {
        std::vector<CodeRange> ranges;
        Dwarf_CU* unit = nullptr;
        Dwarf_Die entry{};
        for (std::size_t count = 0;
             count < most_entries &&
             dwarf_get_units(main.dwarf.get(), unit, &unit, nullptr, nullptr, &entry, nullptr) == 0;
             ++count) {
            if (!is_split(&entry)) {
                add_ranges(&entry, ranges);
            }
        }
        sort(ranges);
        return ranges;
    }

    std::optional<Dwarf_Die> find_function(Dwarf_Die* unit, std::uint64_t address)
    {
        const auto [known, added] = functions.try_emplace(dwarf_dieoffset(unit));
        std::vector<CodeRange>& ranges = known->second;
        if (added) {
            std::size_t budget = most_entries;
            add_functions(unit, ranges, budget, 0);
            sort(ranges);
        }
        const auto offset = find_range(ranges, address);
        Dwarf_Die entry{};
        if (!offset || dwarf_offdie(main.dwarf.get(), *offset, &entry) == nullptr) {
            return std::nullopt;
        }
        return entry;
    }
};

DebugInfo::DebugInfo(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

DebugInfo::~DebugInfo() = default;

std::unique_ptr<DebugInfo> DebugInfo::open(std::shared_ptr<const ElfFile> file,
                                           std::shared_ptr<const ElfFile> supplement)
{
    // Without .debug_info there may still be .debug_line, which no entry would lead to.
    const bool has_dwarf = file->find_section(".debug_info") || file->find_section(".zdebug_info");
    // Left alone, libdw would look for the supplement by itself, by the path in the file.
    const bool incomplete = !supplement && file->find_section(".gnu_debugaltlink");
    if (!has_dwarf || incomplete) {
        return nullptr;
    }
    auto main = OpenedDwarf::open(std::move(file));
    if (!main) {
        return nullptr;
    }
    auto parts = std::make_unique<Parts>(Parts{.supplement = std::nullopt,
                                               .main = std::move(*main),
                                               .units = std::nullopt,
                                               .functions = {}});
    if (supplement) {
        parts->supplement = OpenedDwarf::open(std::move(supplement));
        if (!parts->supplement) {
            return nullptr;
        }
        dwarf_setalt(parts->main.dwarf.get(), parts->supplement->dwarf.get());
    }
    return std::unique_ptr<DebugInfo>(new DebugInfo(std::move(parts)));
}

std::vector<SourceFrame> DebugInfo::find(std::uint64_t address)
{
    std::vector<SourceFrame> frames;
    if (!is_code(*parts_->main.file, address)) {
        return frames;
    }
    auto unit = parts_->find_unit(address);
    if (!unit || is_split(&*unit)) {
        return frames;
    }
    auto function = parts_->find_function(&*unit, address);
    std::vector<Dwarf_Die> scopes;
    if (function) {
        std::size_t budget = most_entries;
        scopes.push_back(*function);
        descend(&*function, address, scopes, budget, 0);
    }
    SourceFrame frame;
    set_line(frame, &*unit, address);
    for (; !scopes.empty(); scopes.pop_back()) {
        frame.symbol = symbol_of(&scopes.back());
        frame.inlined = scopes.size() > 1;
        frames.push_back(frame);
        if (frame.inlined) {
            frame = {};
            set_call_site(frame, &*unit, &scopes.back());
        }
    }
    if (frames.empty() && frame.line != 0) {
        frames.push_back(frame);
    }
    return frames;
}

std::optional<std::string> read_supplement_id(const ElfFile& file)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto section = file.find_section(".gnu_debugaltlink");
    std::array<unsigned char, 4096> bytes{};
    if (!section || section->size > bytes.size()) {
        return std::nullopt;
    }
    const auto content = std::span(bytes).first(static_cast<std::size_t>(section->size));
    if (!file.input()->read_bytes(section->file_offset, std::as_writable_bytes(content),
                                  ".gnu_debugaltlink")) {
        return std::nullopt;
    }
    std::string id;
    const auto nul = std::find(content.begin(), content.end(), 0);
    for (auto it = nul; it != content.end(); ++it) {
        if (it != nul) {
            id.push_back(digits[*it >> 4]);
            id.push_back(digits[*it & 0xF]);
        }
    }
    return id.empty() ? std::nullopt : std::optional(id);
}

}  // namespace pycore
