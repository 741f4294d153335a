#include "collector/identity.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

namespace pycore {
namespace {

constexpr SandboxIdentity nobody{.user = 65534, .group = 65534};

}  // namespace

// Not getpwnam(), which may ask the network.
std::optional<SandboxIdentity> sandbox_identity(const std::string& user, bool& fallback)
{
    if (::geteuid() != 0) {
        return std::nullopt;
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/etc/passwd", "re"),
                                                               &std::fclose);
    while (const passwd* const entry = file ? ::fgetpwent(file.get()) : nullptr) {
        if (user == entry->pw_name && entry->pw_uid != 0 && entry->pw_gid != 0) {
            return SandboxIdentity{.user = entry->pw_uid, .group = entry->pw_gid};
        }
    }
    fallback = true;
    return nobody;
}

}  // namespace pycore
