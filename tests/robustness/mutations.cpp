#include "mutations.hpp"

#include <elf.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <sstream>
#include <utility>

namespace pycore::robustness {
namespace {

constexpr std::uint64_t page = 4096;

// The pristine core is one of ours, so its headers are taken as they are.
std::vector<Elf64_Phdr> program_headers(std::span<const std::byte> file)
{
    Elf64_Ehdr header{};
    std::memcpy(&header, file.data(), sizeof header);
    std::vector<Elf64_Phdr> programs(header.e_phnum);
    std::memcpy(programs.data(), file.data() + header.e_phoff,
                programs.size() * sizeof(Elf64_Phdr));
    return programs;
}

void add_run(Target& target, const CoreFile& core, Address at, std::uint64_t size)
{
    for (const LoadSegment& segment : core.segments()) {
        if (!segment.range.contains(at)) {
            continue;
        }
        const std::uint64_t into = at.value - segment.range.low().value;
        if (into < segment.saved) {
            target.runs.push_back({.offset = segment.file_offset + into,
                                   .size = std::min(size, segment.saved - into)});
        }
        return;
    }
}

// A place read a thousand times is one place.
void drop_repeats(std::vector<Target::Run>& runs)
{
    std::sort(runs.begin(), runs.end());
    const auto repeats = std::unique(runs.begin(), runs.end());
    runs.erase(repeats, runs.end());
}

std::uint64_t byte_of(const Target& target, std::uint64_t number)
{
    for (const Target::Run& run : target.runs) {
        if (number < run.size) {
            return run.offset + number;
        }
        number -= run.size;
    }
    return target.runs.back().offset;
}

std::uint64_t size_of(const Target& target)
{
    std::uint64_t size = 0;
    for (const Target::Run& run : target.runs) {
        size += run.size;
    }
    return size;
}

}  // namespace

std::byte another_value(std::byte old, std::mt19937_64& random)
{
    constexpr std::array interesting{std::byte{0}, std::byte{0xff}, std::byte{0x7f},
                                     std::byte{0x80}, std::byte{1}};
    const std::uint64_t choice = random();
    const std::byte flipped = old ^ std::byte{static_cast<unsigned char>(1U << (choice / 16 % 8))};
    if (choice % 16 < interesting.size() && interesting.at(choice % 16) != old) {
        return interesting.at(choice % 16);
    }
    const std::byte any{static_cast<unsigned char>(choice >> 8)};
    return choice % 2 == 0 || any == old ? flipped : any;
}

std::vector<Target> find_targets(std::span<const std::byte> file,
                                 const CoreFile& core,
                                 const Reads& reads)
{
    const auto programs = program_headers(file);
    Target headers{.name = "ELF header", .runs = {{0, sizeof(Elf64_Ehdr)}}};
    Target segments{.name = "program headers",
                    .runs = {{sizeof(Elf64_Ehdr), programs.size() * sizeof(Elf64_Phdr)}}};
    Target notes{.name = "notes", .runs = {}};
    for (const Elf64_Phdr& program : programs) {
        if (program.p_type == PT_NOTE) {
            notes.runs.push_back({program.p_offset, program.p_filesz});
        }
    }
    Target modules{.name = "first page of an ELF file", .runs = {}};
    for (const MappedFile& mapped : core.mapped_files()) {
        if (mapped.file_offset == 0) {
            add_run(modules, core, mapped.range.low(), page);
        }
    }

    std::vector<Target> targets{headers, segments, notes, modules};
    for (const auto& [label, places] : reads) {
        Target target{.name = label, .runs = {}};
        for (const auto& [at, size] : places) {
            add_run(target, core, at, size);
        }
        drop_repeats(target.runs);
        targets.push_back(target);
    }
    std::erase_if(targets, [](const Target& target) { return size_of(target) == 0; });
    return targets;
}

std::string describe(const Case& broken)
{
    std::ostringstream text;
    text << std::hex << std::showbase;
    if (broken.kind == Case::Kind::cut) {
        text << "cut at " << broken.offset;
    } else {
        text << "byte " << broken.offset << " (" << broken.target << ") becomes";
        const std::size_t shown = std::min(broken.bytes.size(), sizeof(std::uint64_t));
        for (const std::byte value : std::span(broken.bytes).first(shown)) {
            text << ' ' << std::to_integer<unsigned>(value);
        }
        if (shown < broken.bytes.size()) {
            text << ", " << std::dec << broken.bytes.size() << " bytes in all";
        }
    }
    return text.str();
}

std::vector<Case> choose_corruptions(std::span<const std::byte> file,
                                     std::span<const Target> targets,
                                     std::uint64_t seed,
                                     std::size_t count)
{
    // The engine is the same everywhere; the standard's distributions are not.
    std::mt19937_64 random(seed);
    std::vector<Case> cases;
    for (std::size_t i = 0; i < count; ++i) {
        const Target& target = targets[i % targets.size()];
        const std::uint64_t offset = byte_of(target, random() % size_of(target));
        cases.push_back({.kind = Case::Kind::corruption,
                         .offset = offset,
                         .bytes = {another_value(file[offset], random)},
                         .target = target.name});
    }
    return cases;
}

std::vector<Case> choose_cuts(std::uint64_t file_size, std::size_t count)
{
    std::vector<Case> cases;
    for (std::size_t i = 0; i < count; ++i) {
        cases.push_back(
            {.kind = Case::Kind::cut, .offset = file_size / count * i, .bytes = {}, .target = {}});
    }
    return cases;
}

}  // namespace pycore::robustness
