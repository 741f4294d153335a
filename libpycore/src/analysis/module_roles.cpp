#include "analysis/module_roles.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/file_name.hpp"

namespace pycore {
namespace {

constexpr std::array<std::string_view, 12> system_names{
    "libc.",  "libc-",      "libm.",    "libm-",  "libpthread", "libdl.",
    "librt.", "libstdc++.", "libgcc_s", "libffi", "ld-linux",   "[vdso]"};

bool is_system(std::string_view path)
{
    const std::string_view name = file_name(path);
    return std::ranges::any_of(system_names,
                               [&](std::string_view start) { return name.starts_with(start); });
}

bool is_standard_library(const ModuleDescription& module)
{
    return module.path.find("/lib-dynload/") != std::string::npos;
}

}  // namespace

ModuleRoles::ModuleRoles(const Snapshot& snapshot)
{
    roles_.reserve(snapshot.modules.size());
    for (const ModuleDescription& module : snapshot.modules) {
        if (module.interpreter) {
            roles_.push_back(ModuleRole::interpreter);
        } else if (is_standard_library(module)) {
            roles_.push_back(ModuleRole::standard_library);
        } else {
            roles_.push_back(is_system(module.path) ? ModuleRole::system : ModuleRole::other);
        }
    }
}

}  // namespace pycore
