#include "kernel_pipe/core_store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace pycore {
namespace {

constexpr int most_at_a_time = 4;
constexpr std::size_t most_names = 100'000;
constexpr std::size_t page = 4096;
constexpr std::size_t piece = 256 * page;
constexpr mode_t folder_mode = S_IRWXU | S_IRGRP | S_IXGRP;

/// A file that may be deleted to make room.
struct Kept {
    std::string name;
    std::int64_t time = 0;
    std::uint64_t size = 0;
};

std::vector<Kept> list_kept(int folder, bool (*is_ours)(std::string_view name))
{
    std::vector<Kept> kept;
    const int again = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(again), ::closedir);
    if (!listing) {
        const OwnedDescriptor unused(again);
        return kept;
    }
    while (const dirent* const entry = ::readdir(listing.get())) {
        struct stat status {};
        const char* const name = &entry->d_name[0];
        if (is_ours(name) && kept.size() < most_names &&
            ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)) {
            kept.push_back({.name = name,
                            .time = status.st_mtim.tv_sec,
                            .size = static_cast<std::uint64_t>(status.st_blocks) * 512});
        }
    }
    std::ranges::sort(kept, {}, [](const Kept& one) { return std::pair(one.time, one.name); });
    return kept;
}

// As much as there is, up to the size. -1 on errors.
ssize_t read_all(int pipe, char* into, std::size_t size)
{
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::read(pipe, into + done, size - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    return static_cast<ssize_t>(done);
}

bool is_zero(const char* bytes, std::size_t size)
{
    return bytes[0] == 0 && std::memcmp(bytes, bytes + 1, size - 1) == 0;
}

// Pages that are zero stay holes. 0, or an errno.
int write_pages(int file, const char* bytes, std::size_t size, std::uint64_t at)
{
    for (std::size_t done = 0; done < size;) {
        const std::size_t count = std::min(page, size - done);
        const char* const from = bytes + done;
        done += count;
        if (is_zero(from, count)) {
            continue;
        }
        const auto offset = static_cast<off_t>(at + done - count);
        const ssize_t written = ::pwrite(file, from, count, offset);
        if (written != static_cast<ssize_t>(count)) {
            return written < 0 ? errno : ENOSPC;
        }
    }
    return 0;
}

}  // namespace

std::variant<CoreStore, std::string> CoreStore::open(const std::string& path,
                                                     const StoreQuota& quota,
                                                     StoreOwner owner)
{
    ::mkdir(path.c_str(), folder_mode);
    OwnedDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!folder || ::fstat(folder.number(), &status) != 0) {
        return std::string(std::strerror(errno));
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return std::string("others can write to it");
    }
    if (owner == StoreOwner::this_user && status.st_uid != ::geteuid()) {
        return std::string("belongs to another user");
    }
    return CoreStore(std::move(folder), quota);
}

OwnedDescriptor CoreStore::take_slot() const
{
    constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
    for (int slot = 0; slot < most_at_a_time; ++slot) {
        const std::string name = ".slot-" + std::to_string(slot);
        OwnedDescriptor file(::openat(descriptor(), name.c_str(), flags, S_IRUSR | S_IWUSR));
        if (file && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0) {
            return file;
        }
    }
    return {};
}

std::uint64_t CoreStore::free_bytes() const
{
    struct statvfs space {};
    return ::fstatvfs(descriptor(), &space) == 0 ? std::uint64_t{space.f_bavail} * space.f_frsize
                                                 : 0;
}

bool CoreStore::make_room(std::uint64_t more, bool (*is_ours)(std::string_view name)) const
{
    std::uint64_t used = more;
    const std::vector<Kept> kept = list_kept(descriptor(), is_ours);
    for (const Kept& one : kept) {
        used += one.size;
    }
    const auto has_room = [&] {
        return used <= quota_.max_use && free_bytes() >= quota_.keep_free;
    };
    for (const Kept& one : kept) {
        if (has_room()) {
            return true;
        }
        if (::unlinkat(descriptor(), one.name.c_str(), 0) == 0) {
            used -= one.size;
        }
    }
    return has_room();
}

CoreStore::Received CoreStore::receive(int pipe) const
{
    Received received;
    received.file = OwnedDescriptor(
        ::openat(descriptor(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!received.file) {
        received.error = errno;
        return received;
    }
    const auto buffer = std::make_unique_for_overwrite<char[]>(piece);
    for (ssize_t count = 1; count > 0;) {
        count = read_all(pipe, buffer.get(), piece);
        if (count <= 0) {
            break;  // what came before a pipe broke is kept
        }
        const auto size = static_cast<std::size_t>(count);
        if (size > quota_.max_file - received.size || free_bytes() < quota_.keep_free) {
            received.cut = true;
            break;
        }
        if (write_pages(received.file.number(), buffer.get(), size, received.size) != 0) {
            received.cut = true;
            break;
        }
        received.size += size;
    }
    if (::ftruncate(received.file.number(), static_cast<off_t>(received.size)) != 0) {
        received.error = errno;
    }
    return received;
}

int CoreStore::keep(const OwnedDescriptor& file, const std::string& name) const
{
    const std::string self = "/proc/self/fd/" + std::to_string(file.number());
    const bool kept =
        ::linkat(AT_FDCWD, self.c_str(), descriptor(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    return kept ? 0 : errno;
}

}  // namespace pycore
