#include "memory/attach_files.hpp"

#include <algorithm>
#include <cstring>

#include "base/file_name.hpp"
#include "base/try.hpp"
#include "elf/open_file.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t page_size = 4096;
constexpr std::string_view mismatch_code = "module-build-id-mismatch";
constexpr std::size_t most_mismatches = 8;

enum class Place : std::uint8_t {
    named,    ///< a path the user gave, or made of one
    recorded  ///< a path from the core: resolved inside the sysroot
};

struct Candidate {
    Place place;
    std::filesystem::path path;
};

Gap gap_of(const Module& module, std::string_view code, std::string message)
{
    return {.code = std::string(code),
            .message = std::move(message),
            .address = module.range.low(),
            .thread = std::nullopt,
            // Stacks need no ELF file: without one the report knows less of modules, not of Python.
            .data_lost = false};
}

/// "libz.so.1.2.13", then "libz.so.1.2" ... "libz.so": a folder may hold any of the links.
std::vector<std::string> names_of(const Module& module)
{
    std::vector<std::string> names;
    std::string name(file_name(module.path));
    if (name.empty() || name == "." || name == ".." || module.path.starts_with('[')) {
        return names;
    }
    names.push_back(name);
    const bool versioned = name.find(".so.") != std::string::npos;
    while (versioned && !name.ends_with(".so")) {
        name.resize(name.rfind('.'));
        names.push_back(name);
    }
    return names;
}

void add_by_build_id(const Module& module,
                     const FileSearch& search,
                     std::vector<Candidate>& candidates)
{
    if (!module.build_id || module.build_id->size() < 4) {
        return;
    }
    const std::string& id = *module.build_id;
    for (const std::filesystem::path& folder : search.module_paths) {
        candidates.push_back({Place::named, folder / id});
        candidates.push_back({Place::named, folder / (id + ".debug")});
        candidates.push_back(
            {Place::named, folder / ".build-id" / id.substr(0, 2) / (id.substr(2) + ".debug")});
    }
}

std::vector<Candidate> candidates_of(const Module& module, const FileSearch& search)
{
    std::vector<Candidate> candidates;
    if (module.executable && !search.executable.empty()) {
        candidates.push_back({Place::named, search.executable});
    }
    const auto names = names_of(module);
    for (const std::filesystem::path& folder : search.module_paths) {
        for (const std::string& name : names) {
            candidates.push_back({Place::named, folder / name});
        }
    }
    if (search.recorded_paths && module.path.starts_with('/')) {
        candidates.push_back({Place::recorded, module.path});
    }
    add_by_build_id(module, search, candidates);
    return candidates;
}

Result<std::shared_ptr<const InputFile>> open_candidate(const Candidate& candidate,
                                                        const FileSearch& search)
{
    const std::string path = candidate.path.string();
    PYCORE_TRY(FileDescriptor file, candidate.place == Place::named
                                        ? open_named_file(search, path)
                                        : open_recorded_file(search, search.sysroot, path));
    return InputFile::adopt(std::move(file), InputFile::module_cache);
}

Result<std::shared_ptr<const ElfFile>> open_elf(const Candidate& candidate,
                                                const FileSearch& search)
{
    PYCORE_TRY(auto input, open_candidate(candidate, search));
    return ElfFile::open(std::move(input));
}

bool fits(const Module& module, const ElfFile& elf)
{
    if (module.build_id) {
        return module.build_id == elf.build_id();
    }
    const auto mine = std::as_bytes(std::span(module.program_headers));
    const auto its = std::as_bytes(elf.program_headers());
    return !mine.empty() && std::equal(mine.begin(), mine.end(), its.begin(), its.end());
}

std::string mismatch_of(const Module& module, const Candidate& candidate, const ElfFile& elf)
{
    const std::string path = candidate.path.string();
    if (!module.build_id) {
        return path + " is not used: the core does not hold the build id of the file that the " +
               "process had" + (path == module.path ? "" : " as " + module.path);
    }
    return path + " is not the file that the process had" +
           (path == module.path ? "" : " as " + module.path) + ": its build id is " +
           elf.build_id().value_or("missing") + ", the core's is " + *module.build_id;
}

/// As the kernel maps them: whole pages, whatever the file holds there.
void fill_pages(const Module& module, AddressSpace& memory)
{
    if (module.elf->is_debug_file()) {
        return;
    }
    for (const Elf64_Phdr& load : module.elf->program_headers()) {
        const std::uint64_t skew = load.p_offset % page_size;
        const std::uint64_t start = module.bias + load.p_vaddr - skew;
        // A writable part may differ from the file even where it is read-only now (RELRO).
        if (load.p_type != PT_LOAD || (load.p_flags & PF_W) != 0 || start % page_size != 0 ||
            load.p_filesz > module.range.size()) {
            continue;
        }
        const std::uint64_t size = (load.p_filesz + skew + page_size - 1) & ~(page_size - 1);
        if (const auto range = AddressRange::make(Address{start}, size)) {
            memory.fill(*range, load.p_offset - skew, module.elf->input());
        }
    }
}

}  // namespace

std::string recorded_place(const std::string& path, const FileSearch& search)
{
    return search.sysroot.empty()
               ? path
               : (search.sysroot / std::filesystem::path(path).relative_path()).string();
}

bool attach_file(Module& module,
                 AddressSpace& memory,
                 const FileSearch& search,
                 std::vector<Gap>& gaps)
{
    std::optional<Gap> mismatch;
    for (const Candidate& candidate : candidates_of(module, search)) {
        if (module.elf) {
            return true;
        }
        const bool asked_for = module.executable && candidate.path == search.executable;
        const auto elf = open_elf(candidate, search);
        if (elf && fits(module, **elf)) {
            module.elf = *elf;
            module.found = candidate.place == Place::named ? candidate.path.string()
                                                           : recorded_place(module.path, search);
            fill_pages(module, memory);
            return true;
        }
        if (elf && !mismatch) {
            mismatch = gap_of(module, mismatch_code, mismatch_of(module, candidate, **elf));
        } else if (!elf && asked_for) {
            gaps.push_back(
                gap_of(module, "module-file-unusable",
                       candidate.path.string() + " cannot be used: " + describe(elf.fault())));
        }
        if (mismatch && asked_for) {
            gaps.push_back(*std::exchange(mismatch, std::nullopt));
        }
    }
    if (mismatch) {
        gaps.push_back(std::move(*mismatch));
    }
    return module.elf != nullptr;
}

void attach_files(std::span<Module> modules,
                  AddressSpace& memory,
                  const FileSearch& search,
                  Deadline& deadline,
                  std::vector<Gap>& gaps)
{
    std::size_t mismatches = 0;
    for (Module& module : modules) {
        if (deadline.passed_now()) {
            break;
        }
        std::vector<Gap> found;
        attach_file(module, memory, search, found);
        for (Gap& gap : found) {
            if (gap.code != mismatch_code || ++mismatches <= most_mismatches) {
                gaps.push_back(std::move(gap));
            }
        }
    }
    if (mismatches > most_mismatches) {
        gaps.push_back({.code = std::string(mismatch_code),
                        .message = std::to_string(mismatches - most_mismatches) +
                                   " more files cannot be used for the same reason",
                        .address = std::nullopt,
                        .thread = std::nullopt,
                        .data_lost = false});
    }
}

}  // namespace pycore
