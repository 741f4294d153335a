#include "batch/open_core.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>

namespace pycore {
namespace {

constexpr int reading = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

OpenedFile check(OwnedDescriptor descriptor)
{
    OpenedFile opened;
    if (!descriptor || ::fstat(descriptor.number(), &opened.status) != 0) {
        opened.error = errno;
        return opened;
    }
    if (!S_ISREG(opened.status.st_mode)) {
        opened.error = EINVAL;
        return opened;
    }
    opened.descriptor = std::move(descriptor);
    return opened;
}

}  // namespace

OpenedFile open_regular(int folder, const std::string& name)
{
    return check(OwnedDescriptor(::openat(folder, name.c_str(), reading)));
}

OpenedFile open_core(const std::string& path)
{
    open_how how{};
    how.flags = static_cast<decltype(how.flags)>(reading);
    how.resolve = RESOLVE_NO_SYMLINKS;
    OwnedDescriptor descriptor(
        static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof(how))));
    // Kernels before 5.6 do not know the call, and some containers forbid it.
    if (!descriptor && (errno == ENOSYS || errno == EPERM)) {
        return open_regular(AT_FDCWD, path);
    }
    return check(std::move(descriptor));
}

std::string first_line_of(int folder, const std::string& name)
{
    const OpenedFile file = open_regular(folder, name);
    std::array<char, 4096> buffer{};
    if (!file.descriptor) {
        return {};
    }
    const ssize_t count = ::pread(file.descriptor.number(), buffer.data(), buffer.size(), 0);
    if (count <= 0) {
        return {};
    }
    const std::string_view text(buffer.data(), static_cast<std::size_t>(count));
    return std::string(text.substr(0, text.find('\n')));
}

std::int64_t modification_time(const struct stat& status) noexcept
{
    constexpr std::int64_t last_second = INT64_MAX / 1'000'000'000 - 1;
    const std::int64_t seconds = status.st_mtim.tv_sec;
    if (seconds < 0 || seconds > last_second) {
        return 0;
    }
    return seconds * 1'000'000'000 + status.st_mtim.tv_nsec;
}

}  // namespace pycore
