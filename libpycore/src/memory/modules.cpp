#include <elf.h>

#include <algorithm>
#include <string_view>

#include "memory/mapped_image.hpp"
#include "memory/module.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

/// A run of NT_FILE entries that may be one ELF file.
struct Group {
    std::string_view path;
    AddressRange range;
    std::uint64_t file_offset = 0;
    std::optional<MappedImage> image;
};

bool starts_module(const MappedFile& entry, const std::vector<Group>& groups)
{
    if (groups.empty() || groups.back().path != entry.path) {
        return true;
    }
    // A small library's data may lie in the file's first page too, mapped a second time.
    const Group& group = groups.back();
    return group.image ? !group.image->range.contains(entry.range.low()) : entry.file_offset == 0;
}

std::vector<Group> group_files(std::span<const MappedFile> files, const AddressSpace& memory)
{
    std::vector<const MappedFile*> sorted;
    for (const MappedFile& file : files) {
        sorted.push_back(&file);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const MappedFile* a, const MappedFile* b) {
        return a->range.low() < b->range.low();
    });
    std::vector<Group> groups;
    for (const MappedFile* const file : sorted) {
        if (!starts_module(*file, groups)) {
            Group& group = groups.back();
            const Address high = std::max(group.range.high(), file->range.high());
            group.range =
                AddressRange::make(group.range.low(), high.value - group.range.low().value)
                    .value_or(group.range);
            continue;
        }
        groups.push_back({.path = file->path,
                          .range = file->range,
                          .file_offset = file->file_offset,
                          .image = std::nullopt});
        if (file->file_offset == 0) {
            if (auto image = read_mapped_image(memory, file->range.low())) {
                groups.back().image = std::move(*image);
            }
        }
    }
    return groups;
}

Module module_of(std::string_view path, AddressRange range, std::optional<MappedImage> image)
{
    constexpr std::string_view deleted_mark = " (deleted)";
    Module module;
    module.range = range;
    module.deleted = path.ends_with(deleted_mark);
    module.path = path.substr(0, path.size() - (module.deleted ? deleted_mark.size() : 0));
    module.bias = range.low().value;
    if (!image) {
        return module;
    }
    module.range = image->range;
    module.bias = image->bias;
    module.build_id = std::move(image->build_id);
    module.program_headers = std::move(image->program_headers);
    for (const Elf64_Phdr& header : module.program_headers) {
        const auto load = AddressRange::make(Address{module.bias + header.p_vaddr}, header.p_memsz);
        if (header.p_type == PT_LOAD && (header.p_flags & PF_W) != 0 && load) {
            module.writable_ranges.push_back(*load);
        }
    }
    return module;
}

/// The segments that lie in `range`.
std::span<const Segment> segments_in(AddressRange range, const AddressSpace& memory)
{
    const auto segments = memory.segments();
    const auto first = std::partition_point(
        segments.begin(), segments.end(),
        [&](const Segment& segment) { return segment.range.high() <= range.low(); });
    const auto last = std::partition_point(first, segments.end(), [&](const Segment& segment) {
        return segment.range.low() < range.high();
    });
    return {first, last};
}

/// For a core without the headers, or with damaged ones: code is mapped executable, other files
/// are not.
bool has_code(const Group& group, const AddressSpace& memory)
{
    const auto segments = segments_in(group.range, memory);
    return group.file_offset == 0 &&
           std::any_of(segments.begin(), segments.end(),
                       [](const Segment& segment) { return segment.executable; });
}

/// A module that only the list of mapped files tells of.
Module module_without_headers(const Group& group, const AddressSpace& memory)
{
    Module module = module_of(group.path, group.range, std::nullopt);
    for (const Segment& segment : segments_in(group.range, memory)) {
        if (segment.writable) {
            module.writable_ranges.push_back(segment.range);
        }
    }
    return module;
}

/// Code that a process wrote itself, libffi for one, need not be an ELF file.
bool is_file_of_memory_alone(std::string_view path)
{
    return path.starts_with("/memfd:");
}

/// Headers that the core does not hold at all are told by what cut the core.
void note_damaged_header(const Group& group, const AddressSpace& memory, std::vector<Gap>& gaps)
{
    const Segment* const first = memory.find(group.range.low());
    if (first != nullptr && first->file && !is_file_of_memory_alone(group.path)) {
        gaps.push_back(
            {.code = "module-header-damaged",
             .message = "the ELF header of " + to_valid_utf8(group.path) + " makes no sense",
             .address = group.range.low(),
             .thread = std::nullopt,
             .data_lost = false});
    }
}

std::vector<Module> modules_of_files(const CoreFile& core,
                                     const AddressSpace& memory,
                                     std::vector<Gap>& gaps)
{
    std::vector<Module> modules;
    for (Group& group : group_files(core.mapped_files(), memory)) {
        if (group.image) {
            modules.push_back(module_of(group.path, group.range, std::move(group.image)));
        } else if (has_code(group, memory)) {
            modules.push_back(module_without_headers(group, memory));
            note_damaged_header(group, memory, gaps);
        }
    }
    return modules;
}

/// A core whose list of files is missing or damaged still has the headers of most modules.
void add_modules_of_segments(const AddressSpace& memory, std::vector<Module>& modules)
{
    Address known_to;
    std::vector<Module> found;
    auto next = modules.begin();
    for (const Segment& segment : memory.segments()) {
        const Address start = segment.range.low();
        for (; next != modules.end() && next->range.low() <= start; ++next) {
            known_to = std::max(known_to, next->range.high());
        }
        if (segment.origin != Origin::core || start < known_to) {
            continue;
        }
        if (auto image = read_mapped_image(memory, start)) {
            const AddressRange range = image->range;
            known_to = range.high();
            found.push_back(module_of("", range, std::move(*image)));
        }
    }
    modules.insert(modules.end(), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
}

bool has_all_files(const CoreFile& core)
{
    const auto problems = core.problems();
    return !core.mapped_files().empty() &&
           std::none_of(problems.begin(), problems.end(), [](const CoreProblem& problem) {
               return problem.fault.what == Label("NT_FILE");
           });
}

void add_vdso(const CoreFile& core, const AddressSpace& memory, std::vector<Module>& modules)
{
    constexpr std::string_view name = "[vdso]";
    const auto start = core.auxiliary(AT_SYSINFO_EHDR);
    if (!start) {
        return;
    }
    const auto known = std::find_if(modules.begin(), modules.end(), [&](const Module& module) {
        return module.range.low().value == *start;
    });
    if (known != modules.end()) {
        known->path = name;
        return;
    }
    if (auto image = read_mapped_image(memory, Address{*start})) {
        const AddressRange range = image->range;
        modules.push_back(module_of(name, range, std::move(*image)));
    }
}

void mark_executable(const CoreFile& core, std::vector<Module>& modules)
{
    const auto headers = core.auxiliary(AT_PHDR);
    const auto found = std::find_if(modules.begin(), modules.end(), [&](const Module& module) {
        return headers && module.range.contains(Address{*headers});
    });
    if (found != modules.end()) {
        found->executable = true;
    }
}

}  // namespace

std::vector<Module> read_modules(const CoreFile& core,
                                 const AddressSpace& memory,
                                 const Limits& limits,
                                 std::vector<Gap>& gaps)
{
    std::vector<Module> modules = modules_of_files(core, memory, gaps);
    if (!has_all_files(core)) {
        add_modules_of_segments(memory, modules);
    }
    add_vdso(core, memory, modules);
    std::sort(modules.begin(), modules.end(),
              [](const Module& a, const Module& b) { return a.range.low() < b.range.low(); });
    mark_executable(core, modules);
    if (modules.size() > limits.max_modules) {
        gaps.push_back({.code = "modules-cut",
                        .message = "only the first " + std::to_string(limits.max_modules) + " of " +
                                   std::to_string(modules.size()) +
                                   " mapped ELF files are looked at",
                        .address = std::nullopt,
                        .thread = std::nullopt});
        modules.resize(limits.max_modules);
    }
    return modules;
}

}  // namespace pycore
