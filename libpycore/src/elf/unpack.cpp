#include "elf/unpack.hpp"

#include <elf.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/try.hpp"
#include "elf/decoder.hpp"
#include "elf/packed_source.hpp"
#include "elf/sparse_file.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_magic = 6;
constexpr std::size_t output_size = 256 << 10;
constexpr std::uint64_t progress_step = 4 << 20;

/// One core on its way from the source to the file.
class Unpacking {
public:
    Unpacking(PackedSource& source,
              Decoder& decoder,
              Compression compression,
              const Limits& limits,
              SparseFile file)
        : source_(source),
          decoder_(decoder),
          compression_(compression),
          limits_(limits),
          output_(std::make_unique_for_overwrite<std::byte[]>(output_size)),
          file_(std::move(file))
    {
    }

    /// To the end of the stream, or to what stops it.
    Result<void> run(const UnpackOptions& options)
    {
        std::uint64_t told = 0;
        while (!finished_) {
            PYCORE_CHECK(step());
            if (options.cancelled && options.cancelled()) {
                return Fault{FaultCode::cancelled, source_.taken(), "core"};
            }
            if (options.progress && file_.size() - told >= progress_step) {
                told = file_.size();
                options.progress(told, source_.taken(), source_.total());
            }
        }
        return {};
    }

    SparseFile& file() { return file_; }

private:
    Result<void> step()
    {
        const auto unpacked = decoder_.step(
            source_.pending(), std::span(output_.get(), output_size), source_.at_end());
        if (!unpacked) {
            // As gzip does: what follows a complete stream and is no stream is no damage.
            finished_ = true;
            const bool another = recognise_compression(source_.pending()) == compression_;
            return complete_ && !another ? Result<void>() : unpacked.fault();
        }
        source_.take(unpacked->consumed);
        complete_ = unpacked->complete;
        PYCORE_CHECK(keep(std::span(output_.get(), unpacked->produced)));
        if (unpacked->consumed > 0 || unpacked->produced > 0) {
            return {};
        }
        if (!source_.at_end()) {
            return source_.fill();
        }
        finished_ = true;
        return complete_ ? Result<void>()
                         : Fault{FaultCode::truncated, source_.taken(), "compressed stream"};
    }

    Result<void> keep(std::span<const std::byte> bytes)
    {
        const std::uint64_t room = limits_.max_unpacked_bytes - file_.size();
        const bool too_long = bytes.size() > room;
        const bool first = file_.size() == 0 && bytes.size() >= SELFMAG;
        PYCORE_CHECK(file_.append(too_long ? bytes.first(static_cast<std::size_t>(room)) : bytes));
        // Something else than a core is not worth unpacking: the reader says so.
        finished_ = finished_ || (first && std::memcmp(bytes.data(), ELFMAG, SELFMAG) != 0);
        if (too_long) {
            return Fault{FaultCode::limit_reached, limits_.max_unpacked_bytes, "unpacked core"};
        }
        return {};
    }

    PackedSource& source_;
    Decoder& decoder_;
    Compression compression_;
    const Limits& limits_;
    std::unique_ptr<std::byte[]> output_;
    SparseFile file_;
    bool complete_ = false;
    bool finished_ = false;
};

CoreProblem problem_of(const Fault& fault, std::uint64_t size)
{
    const std::string got = std::to_string(size) + " bytes of the core came out";
    switch (fault.code) {
    case FaultCode::bad_format:
        return {.fault = fault, .message = "the compressed stream is damaged: " + got};
    case FaultCode::truncated:
        return {.fault = fault, .message = "the compressed stream ends too early: " + got};
    case FaultCode::limit_reached:
        return {.fault = fault, .message = "the unpacked core is longer than allowed: " + got};
    default:
        return {.fault = fault,
                .message = "the core could not be unpacked to its end (" +
                           std::string(fault.what.text()) + ": " +
                           std::strerror(static_cast<int>(fault.where)) + "): " + got};
    }
}

Result<PackedSource> make_source(FileDescriptor core)
{
    struct stat status = {};
    if (::fstat(core.number(), &status) != 0) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "core file"};
    }
    if (S_ISDIR(status.st_mode) || S_ISBLK(status.st_mode)) {
        return Fault{FaultCode::unsupported, status.st_mode, "file type"};
    }
    return PackedSource(std::move(core), S_ISREG(status.st_mode),
                        static_cast<std::uint64_t>(status.st_size));
}

}  // namespace

Result<Unpacked> unpack(FileDescriptor core, const Limits& limits, const UnpackOptions& options)
{
    PYCORE_TRY(PackedSource source, make_source(std::move(core)));
    while (source.pending().size() < longest_magic && !source.at_end()) {
        PYCORE_CHECK(source.fill());
    }
    Unpacked result;
    result.compression = recognise_compression(source.pending());
    if (result.compression == Compression::none && source.regular()) {
        PYCORE_TRY(result.input, InputFile::adopt(source.release(), InputFile::core_cache));
        return result;
    }
    PYCORE_TRY(const auto decoder, make_decoder(result.compression, limits.max_unpack_memory));
    PYCORE_TRY(SparseFile into, SparseFile::make(options.file));
    Unpacking unpacking(source, *decoder, result.compression, limits, std::move(into));
    const auto done = unpacking.run(options);
    const std::uint64_t size = unpacking.file().size();
    if (!done && (size == 0 || done.fault().code == FaultCode::cancelled)) {
        return done.fault();
    }
    if (!done) {
        result.problem = problem_of(done.fault(), size);
    }
    if (options.progress) {
        options.progress(size, source.taken(), source.total());
    }
    PYCORE_TRY(FileDescriptor file, unpacking.file().finish());
    PYCORE_TRY(result.input, InputFile::adopt(std::move(file), InputFile::core_cache));
    return result;
}

}  // namespace pycore
