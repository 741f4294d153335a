#include "elf/sparse_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t page_size = 4096;
constexpr std::size_t copy_size = 1 << 20;
constexpr Label label = "temporary file";

Fault system_fault()
{
    return {FaultCode::io_error, static_cast<std::uint64_t>(errno), label};
}

bool is_zero(std::span<const std::byte> bytes)
{
    return bytes.front() == std::byte{0} &&
           std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0;
}

/// How many bytes from `at` on, to the end of its page in the file.
std::size_t to_page_end(std::uint64_t at, std::size_t left)
{
    return static_cast<std::size_t>(std::min<std::uint64_t>(left, page_size - at % page_size));
}

FileDescriptor open_unnamed(const std::string& folder)
{
    // O_EXCL: nobody can give the file a name later.
    FileDescriptor file(
        ::open(folder.c_str(), O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR));
    const bool unknown = errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL;
    if (file || !unknown) {
        return file;
    }
    // Some file systems know no files without a name. It has one for an instant, while empty.
    std::string name = folder + "/pycore-XXXXXX";
    FileDescriptor named(::mkostemp(name.data(), O_CLOEXEC));
    if (named) {
        ::unlink(name.c_str());
    }
    return named;
}

}  // namespace

Result<FileDescriptor> open_temporary_file()
{
    std::vector<std::string> folders{"/tmp", "/var/tmp"};
    // Ignored where the environment belongs to someone with fewer rights.
    const char* const chosen = ::secure_getenv("TMPDIR");
    if (chosen != nullptr && *chosen != '\0') {
        folders.insert(folders.begin(), chosen);
    }
    int first_error = 0;
    for (const std::string& folder : folders) {
        if (FileDescriptor file = open_unnamed(folder)) {
            return file;
        }
        first_error = first_error == 0 ? errno : first_error;
    }
    return Fault{FaultCode::io_error, static_cast<std::uint64_t>(first_error), label};
}

SparseFile::SparseFile()
    : file_(::memfd_create("pycore-core", MFD_CLOEXEC)), in_memory_(static_cast<bool>(file_))
{
}

Result<SparseFile> SparseFile::make(int descriptor)
{
    SparseFile made;
    if (descriptor >= 0) {
        made.file_ = FileDescriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
        made.in_memory_ = false;
        if (!made.file_) {
            return system_fault();
        }
    }
    return made;
}

Result<void> SparseFile::write_out(std::uint64_t at, std::span<const std::byte> bytes) const
{
    while (!bytes.empty()) {
        const auto done =
            ::pwrite(file_.number(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return system_fault();
        }
        bytes = bytes.subspan(static_cast<std::size_t>(done));
        at += static_cast<std::uint64_t>(done);
    }
    return {};
}

Result<void> SparseFile::append(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        // The longest run of pages that are all zero, or all not.
        const bool zero = is_zero(bytes.first(to_page_end(size_, bytes.size())));
        std::size_t run = 0;
        while (run < bytes.size()) {
            const std::size_t page = to_page_end(size_ + run, bytes.size() - run);
            if (is_zero(bytes.subspan(run, page)) != zero) {
                break;
            }
            run += page;
        }
        if (!zero) {
            if (!file_ || (in_memory_ && written_ + run > most_in_memory)) {
                PYCORE_CHECK(move_to_disk());
            }
            PYCORE_CHECK(write_out(size_, bytes.first(run)));
            written_ += run;
        }
        size_ += run;
        bytes = bytes.subspan(run);
    }
    return {};
}

Result<void> SparseFile::move_to_disk()
{
    PYCORE_TRY(FileDescriptor disk, open_temporary_file());
    const FileDescriptor memory = std::exchange(file_, std::move(disk));
    in_memory_ = false;
    written_ = 0;
    const std::uint64_t end = std::exchange(size_, 0);
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(copy_size);
    while (size_ < end) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(copy_size, end - size_));
        const auto got = ::pread(memory.number(), buffer.get(), wanted, static_cast<off_t>(size_));
        if (got < 0) {
            return system_fault();
        }
        // Short where the file in memory ends in a hole that it does not know of yet.
        std::memset(buffer.get() + got, 0, wanted - static_cast<std::size_t>(got));
        PYCORE_CHECK(append(std::span(buffer.get(), wanted)));
    }
    return {};
}

Result<FileDescriptor> SparseFile::finish()
{
    if (!file_) {
        PYCORE_TRY(file_, open_temporary_file());
    }
    if (::ftruncate(file_.number(), static_cast<off_t>(size_)) != 0) {
        return system_fault();
    }
    return std::move(file_);
}

}  // namespace pycore
