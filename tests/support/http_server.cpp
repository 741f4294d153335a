#include "support/http_server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>

namespace pycore::test {
namespace {

bool send_all(int connection, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

/// The path of a GET, once all of the request is there.
std::string read_path(int connection)
{
    std::string request;
    std::array<char, 4096> part{};
    while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t size = ::recv(connection, part.data(), part.size(), 0);
        if (size <= 0) {
            return {};
        }
        request.append(part.data(), static_cast<std::size_t>(size));
    }
    const std::size_t start = request.find(' ') + 1;
    return request.substr(start, request.find(' ', start) - start);
}

}  // namespace

HttpServer::HttpServer(std::map<std::string, Bytes> files)
    : files_(std::move(files)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    if (!listener_ || ::bind(listener_.number(), any, size) != 0 ||
        ::listen(listener_.number(), 8) != 0 ||
        ::getsockname(listener_.number(), any, &size) != 0) {
        throw std::runtime_error("no server on 127.0.0.1");
    }
    port_ = ::ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer()
{
    ::shutdown(listener_.number(), SHUT_RDWR);
    thread_.join();
}

std::string HttpServer::url() const
{
    return "http://127.0.0.1:" + std::to_string(port_);
}

void HttpServer::serve()
{
    while (true) {
        FileDescriptor connection(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!connection) {
            return;
        }
        ++requests_;
        if (files_.empty()) {
            waiting_.push_back(std::move(connection));
        } else {
            answer(connection.number());
        }
    }
}

void HttpServer::answer(int connection)
{
    const auto file = files_.find(read_path(connection));
    const bool found = file != files_.end();
    const Bytes content = found ? file->second : Bytes();
    const std::string head = std::string(found ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found") +
                             "\r\nContent-Length: " + std::to_string(content.size()) +
                             "\r\nConnection: close\r\n\r\n";
    if (send_all(connection, bytes_of(head))) {
        send_all(connection, content);
    }
}

}  // namespace pycore::test
