#include "elf/open_beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string_view>
#include <vector>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr Label label = "module file";
constexpr int most_links = 40;  // as the kernel allows

Fault system_fault(int error)
{
    return {FaultCode::io_error, static_cast<std::uint64_t>(error), label};
}

Result<void> check_regular(int number)
{
    struct stat status = {};
    if (::fstat(number, &status) != 0) {
        return system_fault(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return Fault{FaultCode::unsupported, status.st_mode, "file type"};
    }
    return {};
}

Result<FileDescriptor> ask_kernel(int root, const std::string& path, int flags)
{
    open_how how{};
    how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    FileDescriptor file(
        static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof(how))));
    if (!file) {
        return system_fault(errno);
    }
    return file;
}

/// A path on its way: the folders gone into, and the names still to go.
class PathWalk {
public:
    PathWalk(int root, const std::string& path) : root_(root) { push(path); }

    /// The folder of the file that the path ends at, and its name there.
    Result<void> go()
    {
        while (!pending_.empty()) {
            name_ = std::move(pending_.back());
            pending_.pop_back();
            PYCORE_CHECK(step());
        }
        return name_.empty() ? Result<void>(system_fault(EISDIR)) : Result<void>();
    }

    [[nodiscard]] int folder() const { return folders_.empty() ? root_ : folders_.back().number(); }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    Result<void> step()
    {
        if (name_ == ".") {
            name_.clear();
            return {};
        }
        if (name_ == "..") {
            name_.clear();
            if (!folders_.empty()) {  // the root's parent is the root
                folders_.pop_back();
            }
            return {};
        }
        std::array<char, PATH_MAX> target{};
        const auto length = ::readlinkat(folder(), name_.c_str(), target.data(), target.size());
        if (length >= 0) {
            return follow(std::string_view(target.data(), static_cast<std::size_t>(length)));
        }
        return pending_.empty() ? Result<void>() : enter();
    }

    Result<void> follow(std::string_view target)
    {
        name_.clear();
        if (++links_ > most_links) {
            return system_fault(ELOOP);
        }
        if (target.starts_with('/')) {
            folders_.clear();
        }
        push(target);
        return {};
    }

    Result<void> enter()
    {
        FileDescriptor next(
            ::openat(folder(), name_.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!next) {
            return system_fault(errno);
        }
        folders_.push_back(std::move(next));
        name_.clear();
        return {};
    }

    void push(std::string_view path)
    {
        // A slash at the end asks for a folder.
        if (path.ends_with('/')) {
            pending_.emplace_back(".");
        }
        for (std::size_t end = path.size(); end > 0;) {
            const std::size_t slash = path.rfind('/', end - 1);
            const std::size_t start = slash == std::string_view::npos ? 0 : slash + 1;
            if (start < end) {
                pending_.emplace_back(path.substr(start, end - start));
            }
            end = slash == std::string_view::npos ? 0 : slash;
        }
    }

    int root_;
    std::vector<FileDescriptor> folders_;
    std::vector<std::string> pending_;  // the next one last
    std::string name_;
    int links_ = 0;
};

Result<FileDescriptor> walk_by_hand(int root, const std::string& path, int flags)
{
    PathWalk walk(root, path);
    PYCORE_CHECK(walk.go());
    FileDescriptor file(
        ::openat(walk.folder(), walk.name().c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
    if (!file) {
        return system_fault(errno);
    }
    return file;
}

bool kernel_cannot(const Fault& fault)
{
    constexpr std::array reasons{ENOSYS, EPERM, EINVAL, E2BIG, EAGAIN};
    return std::find(reasons.begin(), reasons.end(), static_cast<int>(fault.where)) !=
           reasons.end();
}

Result<FileDescriptor> resolve(int root, const std::string& path, int flags, Resolver resolver)
{
    if (resolver == Resolver::kernel) {
        auto file = ask_kernel(root, path, flags);
        if (file || !kernel_cannot(file.fault())) {
            return file;
        }
    }
    return walk_by_hand(root, path, flags);
}

Result<FileDescriptor> open_root(const std::filesystem::path& root)
{
    FileDescriptor folder(
        ::open(root.empty() ? "/" : root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) {
        return system_fault(errno);
    }
    return folder;
}

}  // namespace

Result<FileDescriptor> open_beneath(int root, const std::string& path, Resolver resolver)
{
    PYCORE_TRY(const FileDescriptor place, resolve(root, path, O_PATH, resolver));
    PYCORE_CHECK(check_regular(place.number()));
    PYCORE_TRY(FileDescriptor file,
               resolve(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, resolver));
    PYCORE_CHECK(check_regular(file.number()));
    return file;
}

Result<FileDescriptor> open_beneath(const std::filesystem::path& root, const std::string& path)
{
    PYCORE_TRY(const FileDescriptor folder, open_root(root));
    return open_beneath(folder.number(), path);
}

Result<FileDescriptor> open_folder_beneath(int root, const std::string& path, Resolver resolver)
{
    return resolve(root, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, resolver);
}

Result<FileDescriptor> open_folder_beneath(const std::filesystem::path& root,
                                           const std::string& path)
{
    PYCORE_TRY(const FileDescriptor folder, open_root(root));
    return open_folder_beneath(folder.number(), path);
}

}  // namespace pycore
