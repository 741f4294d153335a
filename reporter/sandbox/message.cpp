#include "sandbox/message.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace pycore {
namespace {

// Room for one descriptor beside a message.
struct Attachment {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
};

template <class Call>
ssize_t retry(Call call)
{
    ssize_t count = 0;
    do {
        count = call();
    } while (count < 0 && errno == EINTR);
    return count;
}

}  // namespace

bool send_request(int socket, const std::string& path)
{
    return retry([&] { return ::send(socket, path.data(), path.size(), MSG_NOSIGNAL); }) ==
           static_cast<ssize_t>(path.size());
}

// Without room for them the kernel throws away descriptors that come along.
std::optional<std::string> receive_request(int socket)
{
    std::array<char, PATH_MAX> buffer{};
    const ssize_t count = retry(
        [&] { return ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC); });
    if (count <= 0) {
        return std::nullopt;
    }
    if (static_cast<std::size_t>(count) > buffer.size()) {
        return std::string{};
    }
    return std::string(buffer.data(), static_cast<std::size_t>(count));
}

// Who does not take his answers waits for one at most: the socket never holds more.
bool send_answer(int socket, int descriptor, int error)
{
    Attachment attachment;
    iovec bytes{.iov_base = &error, .iov_len = sizeof(error)};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    if (descriptor >= 0) {
        message.msg_control = attachment.space.data();
        message.msg_controllen = attachment.space.size();
        cmsghdr* const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(descriptor));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof(descriptor));
    }
    return retry([&] { return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT); }) ==
           static_cast<ssize_t>(sizeof(error));
}

int receive_answer(int socket)
{
    Attachment attachment;
    int error = EIO;
    iovec bytes{.iov_base = &error, .iov_len = sizeof(error)};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = attachment.space.data();
    message.msg_controllen = attachment.space.size();
    if (retry([&] { return ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC); }) !=
        static_cast<ssize_t>(sizeof(error))) {
        return -EIO;
    }
    const cmsghdr* const header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) {
        return error > 0 ? -error : -EIO;
    }
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(header), sizeof(descriptor));
    return descriptor;
}

}  // namespace pycore
