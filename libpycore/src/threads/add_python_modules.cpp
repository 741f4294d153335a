#include "threads/add_python_modules.hpp"

#include <algorithm>

#include "memory/attach_files.hpp"
#include "threads/installed_distributions.hpp"
#include "threads/python_modules.hpp"

namespace pycore {
namespace {

/// Whether files here are those of the process: then those that name no build id are, too.
bool has_same_files(std::span<const Module> modules, const FileSearch& search)
{
    return search.recorded_paths && std::ranges::any_of(modules, [&](const Module& module) {
               return module.executable && module.elf &&
                      module.found == recorded_place(module.path, search);
           });
}

}  // namespace

void add_python_modules(PythonProcess& python,
                        const Memory& memory,
                        std::span<const Module> modules,
                        const Options& options,
                        Deadline& deadline)
{
    InstalledDistributions installed(options.files);
    const bool same = has_same_files(modules, options.files);
    PythonModules reader(memory, options.limits, deadline, same ? &installed : nullptr);
    for (std::size_t i = 0; i < python.interpreters.size() && !deadline.passed(); ++i) {
        Interpreter& interpreter = python.interpreters[i];
        const Layout& layout = *python.layouts[i];
        interpreter.module_count = count_python_modules(memory, layout, interpreter.address);
        if (options.python_modules) {
            interpreter.modules = reader.read(layout, interpreter.address);
        }
    }
}

}  // namespace pycore
