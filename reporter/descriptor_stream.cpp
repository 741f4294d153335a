#include "descriptor_stream.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace pycore {
namespace {

// A parent may have left the descriptor non-blocking.
int wait_or_fail(int descriptor, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK) {
        pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
        return ::poll(&ready, 1, -1) < 0 && errno != EINTR ? errno : 0;
    }
    return error == EINTR ? 0 : error;
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor) : descriptor_(descriptor)
{
    setp(pending_.data(), pending_.data() + pending_.size());
}

bool DescriptorBuffer::write_all(const char* bytes, std::size_t count)
{
    while (count != 0 && error_ == 0) {
        const ssize_t written = ::write(descriptor_, bytes, count);
        if (written < 0) {
            error_ = wait_or_fail(descriptor_, errno);
            continue;
        }
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return error_ == 0;
}

bool DescriptorBuffer::drain()
{
    const bool written = write_all(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    setp(pending_.data(), pending_.data() + pending_.size());
    return written;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c)
{
    if (!drain()) {
        return traits_type::eof();
    }
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
        sputc(traits_type::to_char_type(c));
    }
    return traits_type::not_eof(c);
}

int DescriptorBuffer::sync()
{
    return drain() ? 0 : -1;
}

std::streamsize DescriptorBuffer::xsputn(const char* bytes, std::streamsize count)
{
    if (count < epptr() - pptr()) {
        return std::streambuf::xsputn(bytes, count);
    }
    const bool written = drain() && write_all(bytes, static_cast<std::size_t>(count));
    return written ? count : 0;
}

}  // namespace pycore
