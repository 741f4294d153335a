#include "elf/packed_source.hpp"

#include <poll.h>

#include <cerrno>
#include <cstring>

namespace pycore {
namespace {

constexpr std::size_t buffer_size = 128 << 10;

}  // namespace

PackedSource::PackedSource(FileDescriptor file, bool regular, std::uint64_t size)
    : file_(std::move(file)),
      regular_(regular),
      size_(size),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(buffer_size))
{
}

Result<void> PackedSource::fill()
{
    if (begin_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    while (end_ < buffer_size && !at_end_) {
        std::byte* const room = buffer_.get() + end_;
        const auto got =
            regular_ ? ::pread(file_.number(), room, buffer_size - end_, static_cast<off_t>(read_))
                     : ::read(file_.number(), room, buffer_size - end_);
        if (got < 0 && errno == EAGAIN) {
            // The caller's pipe may be one that does not block.
            pollfd waiting{.fd = file_.number(), .events = POLLIN, .revents = 0};
            ::poll(&waiting, 1, -1);
            continue;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            at_end_ = true;
            return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "core file"};
        }
        at_end_ = got == 0;
        end_ += static_cast<std::size_t>(got);
        read_ += static_cast<std::uint64_t>(got);
        break;
    }
    return {};
}

}  // namespace pycore
