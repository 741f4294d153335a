#include "threads/describe_modules.hpp"

#include "elf/package_note.hpp"
#include "memory/attach_files.hpp"
#include "pycore/text.hpp"
#include "threads/installed_distributions.hpp"
#include "threads/python_extension.hpp"

namespace pycore {
namespace {

std::optional<std::string> package_by_note(const Module& module, const Memory& memory)
{
    const ReadAt read = [&memory](std::uint64_t at, std::span<std::byte> out, Label what) {
        return memory.read_bytes(Address{at}, out, what);
    };
    return read_package_note(read, module.program_headers, [&module](const Elf64_Phdr& note) {
        return std::optional(module.bias + note.p_vaddr);
    });
}

std::optional<std::string> package_by_path(const Module& module,
                                           const FileSearch& search,
                                           InstalledDistributions& installed)
{
    const auto owner = find_owner(module.path);
    if (!owner) {
        return std::nullopt;
    }
    // What is installed here tells of the process only where its very file is.
    const bool same_files =
        search.recorded_paths && module.elf && module.found == recorded_place(module.path, search);
    if (owner->distribution.version.empty() && same_files) {
        if (const auto found = installed.find(owner->folder, owner->distribution.name)) {
            return name_of(*found);
        }
    }
    return name_of(owner->distribution);
}

ModuleDescription describe(const Module& module)
{
    return {.path = to_valid_utf8(module.path),
            .build_id = module.build_id,
            .range = module.range,
            .found = module.found ? std::optional(to_valid_utf8(*module.found)) : std::nullopt,
            .executable = module.executable,
            .python_extension = false,
            .package = std::nullopt};
}

}  // namespace

std::vector<ModuleDescription> describe_modules(std::span<const Module> modules,
                                                const Memory& memory,
                                                const FileSearch& search,
                                                Deadline& deadline)
{
    InstalledDistributions installed(search);
    std::vector<ModuleDescription> descriptions;
    descriptions.reserve(modules.size());
    for (const Module& module : modules) {
        ModuleDescription& description = descriptions.emplace_back(describe(module));
        if (deadline.passed_now()) {
            continue;
        }
        description.python_extension = is_python_extension(module, memory);
        auto package = package_by_note(module, memory);
        if (!package) {
            package = package_by_path(module, search, installed);
        }
        description.package = package ? std::optional(to_valid_utf8(*package)) : std::nullopt;
    }
    return descriptions;
}

}  // namespace pycore
