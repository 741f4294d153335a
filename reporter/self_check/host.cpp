#include "self_check/host.hpp"

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>

namespace pycore {
namespace {

constexpr std::size_t most_text = 64 << 10;
constexpr std::size_t most_names = 10'000;

std::vector<std::string> split_path(std::string_view path)
{
    std::vector<std::string> folders;
    while (!path.empty()) {
        const std::string_view folder = path.substr(0, path.find(':'));
        if (folder.starts_with('/') && !std::ranges::count(folders, folder)) {
            folders.emplace_back(folder);
        }
        path.remove_prefix(std::min(path.size(), folder.size() + 1));
    }
    return folders;
}

std::optional<std::uint64_t> limit_of(rlim_t value)
{
    return value == RLIM_INFINITY ? std::nullopt : std::optional<std::uint64_t>(value);
}

int landlock_version()
{
#ifdef SYS_landlock_create_ruleset
    constexpr unsigned int ask_for_version = 1;
    return static_cast<int>(
        std::max(0L, ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_for_version)));
#else
    return 0;
#endif
}

bool has_seccomp()
{
    unsigned int action = SECCOMP_RET_KILL_PROCESS;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

}  // namespace

Host Host::this_machine()
{
    Host host;
    const char* const path = std::getenv("PATH");
    host.search_path = split_path(path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin");
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        host.core_limit = limit_of(limit.rlim_cur);
        host.core_limit_hard = limit_of(limit.rlim_max);
    }
    host.landlock = landlock_version();
    host.seccomp = has_seccomp();
    const char* const servers = std::getenv("DEBUGINFOD_URLS");
    host.debuginfod = servers != nullptr && *servers != '\0';
    return host;
}

std::filesystem::path Host::place(const std::string& path) const
{
    return root / std::filesystem::path(path).relative_path();
}

bool Host::exists(const std::string& path) const
{
    std::error_code ignored;
    // A link of systemd's that leads to the root of the machine is there even below another root.
    return std::filesystem::symlink_status(place(path), ignored).type() !=
           std::filesystem::file_type::not_found;
}

std::optional<std::string> Host::text_of(const std::string& path) const
{
    std::error_code ignored;
    const auto file = place(path);
    if (!std::filesystem::is_regular_file(file, ignored)) {
        return std::nullopt;
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text(most_text, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.is_open() || stream.bad()) {
        return std::nullopt;
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
}

std::vector<std::string> Host::names_in(const std::string& folder) const
{
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(place(folder), error), end;
         !error && entry != end && names.size() < most_names; entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace pycore
