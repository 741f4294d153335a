#include "elf/open_file.hpp"

#include <fcntl.h>

#include <cerrno>

#include "elf/open_beneath.hpp"

namespace pycore {
namespace {

constexpr Label label = "file";

Result<FileDescriptor> ask_opener(const FileOpener& open, const std::string& path)
{
    const int got = open(path);
    if (got < 0) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(-std::int64_t{got}), label};
    }
    return FileDescriptor(got);
}

}  // namespace

Result<FileDescriptor> open_recorded_file(const FileSearch& search,
                                          const std::filesystem::path& root,
                                          const std::string& path)
{
    if (!search.open) {
        return open_beneath(root, path);
    }
    const std::filesystem::path relative = std::filesystem::path(path).relative_path();
    return ask_opener(search.open, ((root.empty() ? "/" : root) / relative).string());
}

Result<FileDescriptor> open_named_file(const FileSearch& search, const std::string& path)
{
    if (search.open) {
        return ask_opener(search.open, path);
    }
    // O_NONBLOCK: a FIFO without a writer would hold us here for ever.
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), label};
    }
    return file;
}

}  // namespace pycore
