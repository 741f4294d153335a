#include "sandbox/file_broker.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <filesystem>
#include <optional>

#include "sandbox/message.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t max_requests = 100'000;
constexpr int max_links = 8;

OwnedDescriptor open_in(int folder, const std::string& name, int flags)
{
    open_how how{};
    how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    return OwnedDescriptor(
        static_cast<int>(::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof(how))));
}

// What the user that the process became could read anyway, and nobody but root could have put
// there.
bool is_everybodys(int descriptor)
{
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == 0 &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && (status.st_mode & S_IROTH) != 0;
}

bool is_acceptable(const std::string& path)
{
    return path.size() < PATH_MAX && path.starts_with('/') && path.find('\0') == std::string::npos;
}

}  // namespace

FileBroker::FileBroker(const std::vector<std::string>& roots)
{
    for (const std::string& path : roots) {
        OwnedDescriptor folder(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (folder) {
            roots_.push_back({path.ends_with('/') ? path : path + "/", std::move(folder)});
        }
    }
}

// The kernel refuses every way out of the folder, links and ".." alike.
OwnedDescriptor FileBroker::open_beneath(const std::string& path) const
{
    errno = EACCES;
    for (const Root& root : roots_) {
        if (!path.starts_with(root.path)) {
            continue;
        }
        const std::string name = path.substr(root.path.size());
        // First without opening it: to open a device may already do something.
        const OwnedDescriptor place = open_in(root.folder.number(), name, O_PATH);
        if (!place) {
            continue;
        }
        if (!is_everybodys(place.number())) {
            errno = EACCES;
            return {};
        }
        OwnedDescriptor file =
            open_in(root.folder.number(), name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
        if (file && !is_everybodys(file.number())) {
            errno = EACCES;
            return {};
        }
        return file;
    }
    return {};
}

// Where a link out of its folder points to; empty when it is none.
std::string FileBroker::link_target(const std::string& path) const
{
    for (const Root& root : roots_) {
        if (!path.starts_with(root.path)) {
            continue;
        }
        const OwnedDescriptor link =
            open_in(root.folder.number(), path.substr(root.path.size()), O_PATH | O_NOFOLLOW);
        std::array<char, PATH_MAX> target{};
        const ssize_t length =
            link ? ::readlinkat(link.number(), "", target.data(), target.size()) : -1;
        if (length > 0) {
            const std::filesystem::path folder = std::filesystem::path(path).parent_path();
            const std::string_view text(target.data(), static_cast<std::size_t>(length));
            return (folder / text).lexically_normal().string();
        }
    }
    return {};
}

// A link may lead from one root to another one.
OwnedDescriptor FileBroker::open(const std::string& path) const
{
    std::string wanted = path;
    for (int links = 0; links < max_links && is_acceptable(wanted); ++links) {
        OwnedDescriptor file = open_beneath(wanted);
        if (file || errno != EXDEV) {
            return file;
        }
        wanted = link_target(wanted);
    }
    errno = EACCES;
    return {};
}

OwnedDescriptor FileBroker::open_counted(const std::string& path)
{
    if (++requests_ > max_requests) {
        errno = EMFILE;
        return {};
    }
    OwnedDescriptor file = open(path);
    opened_ += file ? 1U : 0U;
    return file;
}

bool FileBroker::answer(int socket)
{
    const std::optional<std::string> path = receive_request(socket);
    if (!path) {
        return false;
    }
    const OwnedDescriptor file = open_counted(*path);
    return send_answer(socket, file.number(), file ? 0 : errno);
}

int request_file(int socket, const std::string& path)
{
    if (!is_acceptable(path)) {
        return -EINVAL;
    }
    return send_request(socket, path) ? receive_answer(socket) : -EIO;
}

}  // namespace pycore
