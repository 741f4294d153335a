#include "threads/describe_process.hpp"

#include <elf.h>

#include <algorithm>
#include <utility>

#include "pycore/text.hpp"

namespace pycore {

CoreDescription describe_core(const CoreFile& core, const std::string& path)
{
    std::uint64_t mapped = 0;
    std::uint64_t saved = 0;
    for (const LoadSegment& segment : core.segments()) {
        mapped += segment.range.size();
        saved += segment.saved;
    }
    return CoreDescription{
        .path = to_valid_utf8(path),
        .size = core.size(),
        .compression = core.compression(),
        .truncated = core.truncated(),
        .machine = core.machine(),
        .segments = core.segments().size(),
        .page_coverage = mapped == 0 ? 0 : static_cast<double>(saved) / static_cast<double>(mapped),
    };
}

ProcessDescription describe_process(const CoreFile& core,
                                    const Memory& memory,
                                    std::span<const Module> modules,
                                    const Limits& limits)
{
    ProcessDescription process;
    if (const auto& info = core.process()) {
        process.pid = info->pid;
        process.ppid = info->ppid;
        process.uid = info->uid;
        process.gid = info->gid;
        process.command = to_valid_utf8(info->command);
    }
    InitialStack initial = read_initial_stack(core, memory, limits);
    process.command_line = std::move(initial.arguments);
    process.environment = std::move(initial.environment);
    const auto executable = std::ranges::find_if(modules, &Module::executable);
    if (executable != modules.end()) {
        process.executable = to_valid_utf8(executable->path);
        process.executable_build_id = executable->build_id;
    } else if (const auto name = core.auxiliary(AT_EXECFN)) {
        constexpr std::size_t max_path = 4096;
        if (const auto path = memory.read_c_string(Address{*name}, max_path, "AT_EXECFN")) {
            process.executable = to_valid_utf8(*path);
        }
    }
    return process;
}

}  // namespace pycore
