#include "batch/output_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <ostream>

#include "batch/open_core.hpp"
#include "descriptor_stream.hpp"

namespace pycore {
namespace {

constexpr const char* lock_name = ".pycore-report.lock";
constexpr mode_t folder_mode = S_IRWXU | S_IRGRP | S_IXGRP;

// Whoever may rename files in the folder could have us replace what he likes.
std::string objection_to(int folder)
{
    struct stat status {};
    if (::fstat(folder, &status) != 0) {
        return std::strerror(errno);
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return "belongs to another user";
    }
    if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0) {
        return "is writable for everybody; take that away (chmod o-w)";
    }
    return {};
}

std::variant<OwnedDescriptor, std::string> lock(int folder)
{
    OwnedDescriptor file(::openat(folder, lock_name,
                                  O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                                  S_IRUSR | S_IWUSR));
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) {
        return std::string("cannot be locked: ") + std::strerror(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return std::string("cannot be locked: ") + lock_name + " is no file";
    }
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? std::string("is in use by another batch")
                                    : std::string("cannot be locked: ") + std::strerror(errno);
    }
    return file;
}

// Of a run that was killed between two system calls: nobody else writes here now.
void remove_leftovers(int folder)
{
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> opened(::fdopendir(copy), &::closedir);
    if (!opened) {
        ::close(copy);
        return;
    }
    while (const dirent* const entry = ::readdir(opened.get())) {
        if (std::string_view(entry->d_name).starts_with(temporary_prefix)) {
            ::unlinkat(folder, entry->d_name, 0);
        }
    }
}

}  // namespace

std::variant<OutputFolder, std::string> OutputFolder::open(const std::string& path)
{
    if (::mkdir(path.c_str(), folder_mode) != 0 && errno != EEXIST) {
        return std::string("cannot be made: ") + std::strerror(errno);
    }
    OwnedDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) {
        return std::string("cannot be opened: ") + std::strerror(errno);
    }
    if (std::string objection = objection_to(folder.number()); !objection.empty()) {
        return objection;
    }
    auto locked = lock(folder.number());
    if (auto* error = std::get_if<std::string>(&locked)) {
        return std::move(*error);
    }
    remove_leftovers(folder.number());
    return OutputFolder(std::move(folder), std::move(std::get<OwnedDescriptor>(locked)));
}

bool OutputFolder::has(const std::string& name) const
{
    struct stat status {};
    return ::fstatat(descriptor(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode);
}

std::string OutputFolder::read(const std::string& name, std::size_t most) const
{
    const OpenedFile file = open_regular(descriptor(), name);
    if (!file.descriptor || static_cast<std::uint64_t>(file.status.st_size) > most) {
        return {};
    }
    std::string content(static_cast<std::size_t>(file.status.st_size), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t count = ::pread(file.descriptor.number(), content.data() + done,
                                      content.size() - done, static_cast<off_t>(done));
        if (count <= 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    content.resize(done);
    return content;
}

void OutputFolder::keep() const
{
    ::syncfs(descriptor());
}

std::optional<OutputError> OutputFolder::write(const std::string& name,
                                               std::string_view content) const
{
    auto created = OutputFile::create_in(descriptor(), name);
    if (auto* error = std::get_if<OutputError>(&created)) {
        return std::move(*error);
    }
    auto& file = std::get<OutputFile>(created);
    DescriptorBuffer buffer(file.descriptor());
    std::ostream stream(&buffer);
    stream << content << std::flush;
    if (buffer.error() != 0 || ::fsync(file.descriptor()) != 0) {
        return OutputError{.reason = std::strerror(buffer.error() != 0 ? buffer.error() : errno),
                           .refused = false};
    }
    return file.commit();
}

}  // namespace pycore
