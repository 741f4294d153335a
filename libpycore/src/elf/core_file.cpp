#include "pycore/core_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/try.hpp"
#include "elf/core_reader.hpp"
#include "elf/unpack.hpp"

namespace pycore {
namespace {

Result<FileDescriptor> open_path(const std::filesystem::path& path)
{
    // O_NONBLOCK: a FIFO without a writer would hold us here for ever.
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "core file"};
    }
    struct stat status = {};
    if (::fstat(file.number(), &status) == 0 && !S_ISREG(status.st_mode)) {
        return Fault{FaultCode::unsupported, status.st_mode, "file type"};
    }
    return file;
}

Result<CoreFile> read_core(FileDescriptor file,
                           const Limits& limits,
                           const UnpackOptions& unpacking)
{
    PYCORE_TRY(Unpacked unpacked, unpack(std::move(file), limits, unpacking));
    CoreReader reader(unpacked.input, limits);
    reader.set_compression(unpacked.compression);
    if (unpacked.problem) {
        reader.lose(unpacked.problem->fault, unpacked.problem->message);
    }
    auto core = reader.read();
    // Too little came out to be a core: the reason is the stream, not the ELF in it.
    if (!core && core.fault().code == FaultCode::truncated && unpacked.problem) {
        return unpacked.problem->fault;
    }
    return core;
}

}  // namespace

std::string_view name_of(Machine machine) noexcept
{
    switch (machine) {
    case Machine::x86_64: return "x86_64";
    case Machine::aarch64: return "aarch64";
    }
    return "unknown";
}

std::string_view name_of(Compression compression) noexcept
{
    switch (compression) {
    case Compression::none: return "none";
    case Compression::zstd: return "zstd";
    case Compression::lz4: return "lz4";
    case Compression::xz: return "xz";
    case Compression::gzip: return "gzip";
    }
    return "unknown";
}

Result<CoreFile> CoreFile::open(const std::filesystem::path& path,
                                const Limits& limits,
                                const UnpackOptions& unpacking)
{
    PYCORE_TRY(FileDescriptor file, open_path(path));
    return read_core(std::move(file), limits, unpacking);
}

Result<CoreFile> CoreFile::open(int descriptor,
                                const Limits& limits,
                                const UnpackOptions& unpacking)
{
    FileDescriptor file(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (!file) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "core file"};
    }
    return read_core(std::move(file), limits, unpacking);
}

std::optional<std::uint64_t> CoreFile::auxiliary(std::uint64_t type) const noexcept
{
    const auto found =
        std::find_if(auxiliary_.begin(), auxiliary_.end(),
                     [type](const AuxiliaryValue& pair) { return pair.type == type; });
    return found == auxiliary_.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace pycore
