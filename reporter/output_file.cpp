#include "output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

namespace pycore {
namespace {

// A report tells what a process had in memory: like the core itself it is its owner's alone.
constexpr mode_t private_mode = S_IRUSR | S_IWUSR;
// In a folder of reports its owner decides who may see them, by the folder and its group.
constexpr mode_t folder_mode = S_IRUSR | S_IWUSR | S_IRGRP;
constexpr int max_name_attempts = 100;

OutputError system_error(int error)
{
    return OutputError{.reason = std::strerror(error), .refused = false};
}

OutputError refusal(const char* reason)
{
    return OutputError{.reason = reason, .refused = true};
}

std::string folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string link_of(int descriptor)
{
    return "/proc/self/fd/" + std::to_string(descriptor);
}

// An unreadable file counts as one: what cannot be looked at is not replaced.
bool may_be_elf(int folder, const std::string& path)
{
    const int descriptor = ::openat(folder, path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return true;
    }
    std::array<char, 4> magic{};
    const ssize_t count = ::read(descriptor, magic.data(), magic.size());
    ::close(descriptor);
    return count < 0 || std::string_view(magic.data(), magic.size()) ==
                            "\x7f"
                            "ELF";
}

std::optional<OutputError> check_existing(int folder,
                                          const std::string& path,
                                          const struct stat& status,
                                          bool force,
                                          const std::optional<FileIdentity>& core)
{
    if (S_ISDIR(status.st_mode)) {
        return refusal("is a folder");
    }
    if (!S_ISREG(status.st_mode)) {
        return refusal("is neither a file, a pipe nor a character device");
    }
    if (core && FileIdentity{status.st_dev, status.st_ino} == *core) {
        return refusal("is the core itself");
    }
    if (may_be_elf(folder, path)) {
        return refusal("is an ELF file or cannot be read, and is never replaced");
    }
    return force ? std::nullopt : std::optional(refusal("exists; use --force to replace it"));
}

std::string temporary_name(const std::string& path, int attempt)
{
    return folder_of(path) + "/" + std::string(temporary_prefix) + std::to_string(::getpid()) +
           "-" + std::to_string(attempt);
}

// Returns the descriptor and the name, or -1 with errno.
std::pair<int, std::string> create_named(int folder, const std::string& path)
{
    for (int attempt = 0; attempt < max_name_attempts; ++attempt) {
        std::string name = temporary_name(path, attempt);
        const int descriptor =
            ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                     private_mode);
        if (descriptor >= 0 || errno != EEXIST) {
            return {descriptor, std::move(name)};
        }
    }
    return {-1, {}};
}

// Without a name nothing can stay behind, not even after SIGKILL. Naming it later needs /proc.
std::pair<int, std::string> create_temporary(int folder, const std::string& path)
{
    const int descriptor =
        ::openat(folder, folder_of(path).c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, private_mode);
    if (descriptor >= 0) {
        if (::access(link_of(descriptor).c_str(), F_OK) == 0) {
            return {descriptor, {}};
        }
        ::close(descriptor);
    }
    return create_named(folder, path);
}

OutputError naming_error(int error)
{
    return error == EEXIST ? refusal("exists; use --force to replace it") : system_error(error);
}

bool rename_to(int folder, const std::string& from, const std::string& to, bool replace)
{
    if (::renameat2(folder, from.c_str(), folder, to.c_str(), replace ? 0 : RENAME_NOREPLACE) ==
        0) {
        return true;
    }
    // Some file systems rename only in the old way, which always replaces.
    return !replace && errno == EINVAL &&
           ::linkat(folder, from.c_str(), folder, to.c_str(), 0) == 0 &&
           ::unlinkat(folder, from.c_str(), 0) == 0;
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return FileIdentity{status.st_dev, status.st_ino};
}

std::optional<FileIdentity> identity_of(int descriptor)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return std::nullopt;
    }
    return FileIdentity{status.st_dev, status.st_ino};
}

std::variant<OutputFile, OutputError> OutputFile::create(const std::string& path,
                                                         bool force,
                                                         const std::optional<FileIdentity>& core)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode)) {
            return open_directly(path);
        }
        if (auto error = check_existing(AT_FDCWD, path, status, force, core)) {
            return *std::move(error);
        }
    } else if (::lstat(path.c_str(), &status) == 0 && !force) {
        return refusal("is a link to nothing; use --force to replace it");
    }
    auto [descriptor, temporary] = create_temporary(AT_FDCWD, path);
    if (descriptor < 0) {
        return system_error(errno);
    }
    return OutputFile(descriptor, AT_FDCWD, path, std::move(temporary), force);
}

std::variant<OutputFile, OutputError> OutputFile::create_in(int folder, const std::string& name)
{
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (auto error = check_existing(folder, name, status, true, std::nullopt)) {
            return *std::move(error);
        }
    }
    auto [descriptor, temporary] = create_temporary(folder, name);
    if (descriptor < 0) {
        return system_error(errno);
    }
    OutputFile file(descriptor, folder, name, std::move(temporary), true);
    if (::fchmod(descriptor, folder_mode) != 0) {
        return system_error(errno);
    }
    return file;
}

std::variant<OutputFile, OutputError> OutputFile::open_directly(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return system_error(errno);
    }
    return OutputFile(descriptor, AT_FDCWD, {}, {}, false);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      folder_(other.folder_),
      path_(std::exchange(other.path_, {})),
      temporary_(std::exchange(other.temporary_, {})),
      force_(other.force_)
{
}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(folder_, other.folder_);
    std::swap(path_, other.path_);
    std::swap(temporary_, other.temporary_);
    std::swap(force_, other.force_);
    return *this;
}

OutputFile::~OutputFile()
{
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!temporary_.empty()) {
        ::unlinkat(folder_, temporary_.c_str(), 0);
    }
}

// linkat() never replaces a file, and only rename() can: the nameless file gets a passing name.
std::optional<OutputError> OutputFile::give_name()
{
    const std::string source = link_of(descriptor_);
    for (int attempt = 0; attempt < max_name_attempts; ++attempt) {
        const std::string target = force_ ? temporary_name(path_, attempt) : path_;
        if (::linkat(AT_FDCWD, source.c_str(), folder_, target.c_str(), AT_SYMLINK_FOLLOW) == 0) {
            temporary_ = force_ ? target : std::string{};
            return std::nullopt;
        }
        if (errno != EEXIST || !force_) {
            break;
        }
    }
    return naming_error(errno);
}

std::optional<OutputError> OutputFile::commit()
{
    if (path_.empty()) {
        return std::nullopt;
    }
    if (temporary_.empty()) {
        if (auto error = give_name(); error || temporary_.empty()) {
            return error;
        }
    }
    if (!rename_to(folder_, temporary_, path_, force_)) {
        return naming_error(errno);
    }
    temporary_.clear();
    return std::nullopt;
}

}  // namespace pycore
