#include "journal/journal.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "owned_descriptor.hpp"

namespace pycore {
namespace {

// The journal takes a file only when nobody can change it any more.
OwnedDescriptor sealed_file(const std::string& content)
{
    OwnedDescriptor file(::memfd_create("pycore-journal", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (!file ||
        ::write(file.number(), content.data(), content.size()) !=
            static_cast<ssize_t>(content.size()) ||
        ::fcntl(file.number(), F_ADD_SEALS, seals) != 0) {
        return {};
    }
    return file;
}

bool send_file(int socket, const sockaddr_un& address, const std::string& record)
{
    const OwnedDescriptor file = sealed_file(record);
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    sockaddr_un to = address;
    message.msg_name = &to;
    message.msg_namelen = sizeof(to);
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int number = file.number();
    std::memcpy(CMSG_DATA(header), &number, sizeof(number));
    return file && ::sendmsg(socket, &message, MSG_NOSIGNAL) >= 0;
}

}  // namespace

bool send_to_journal(const std::string& record, const char* socket)
{
    const OwnedDescriptor sender(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!sender || std::strlen(socket) >= sizeof(address.sun_path)) {
        return false;
    }
    std::strcpy(address.sun_path, socket);
    // A journal that is stuck does not hold us up for long.
    constexpr timeval patience{.tv_sec = 2, .tv_usec = 0};
    ::setsockopt(sender.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (::sendto(sender.number(), record.data(), record.size(), MSG_NOSIGNAL, to,
                 sizeof(address)) >= 0) {
        return true;
    }
    const bool too_large = errno == EMSGSIZE || errno == ENOBUFS;
    return too_large && send_file(sender.number(), address, record);
}

}  // namespace pycore
