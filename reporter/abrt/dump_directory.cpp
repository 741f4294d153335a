#include "abrt/dump_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace pycore {

std::variant<DumpDirectory, int> DumpDirectory::open(const std::string& path)
{
    // With a slash at the end a link would be followed all the same.
    std::string folder = path;
    while (folder.size() > 1 && folder.ends_with('/')) {
        folder.pop_back();
    }
    OwnedDescriptor descriptor(
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!descriptor || ::fstat(descriptor.number(), &status) != 0) {
        return errno;
    }
    return DumpDirectory(std::move(descriptor), status);
}

DumpDirectory::Core DumpDirectory::open_core() const
{
    constexpr std::array names{"coredump", "coredump.zst", "coredump.lz4", "coredump.xz"};
    Core core;
    for (const char* name : names) {
        core.name = name;
        core.file = open_regular(folder_.number(), name);
        if (core.file.descriptor || core.file.error != ENOENT) {
            break;
        }
    }
    return core;
}

bool DumpDirectory::has(const std::string& element) const
{
    struct stat status {};
    return ::fstatat(folder_.number(), element.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

int DumpDirectory::fill(int file, std::string_view content) const
{
    constexpr mode_t most = S_IRUSR | S_IWUSR | S_IRGRP;
    while (!content.empty()) {
        const ssize_t count = ::write(file, content.data(), content.size());
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        content.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    // libreport gives every element the owner, the group and the mode of the folder.
    const bool given = ::geteuid() != 0 || ::fchown(file, owner_, group_) == 0;
    const bool done = given && ::fchmod(file, mode_ & most) == 0 && ::fsync(file) == 0;
    return done ? 0 : errno;
}

int DumpDirectory::write(const std::string& element, std::string_view content) const
{
    if (::unlinkat(folder_.number(), element.c_str(), 0) != 0 && errno != ENOENT) {
        return errno;
    }
    const OwnedDescriptor file(::openat(folder_.number(), element.c_str(),
                                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                        S_IRUSR | S_IWUSR));
    if (!file) {
        return errno;
    }
    const int error = fill(file.number(), content);
    if (error != 0) {
        ::unlinkat(folder_.number(), element.c_str(), 0);
    }
    return error;
}

}  // namespace pycore
