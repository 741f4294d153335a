#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "elf/file_descriptor.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {

/// A server on 127.0.0.1 that has a few files, by path. With none at all it takes requests and
/// never answers.
class HttpServer {
public:
    explicit HttpServer(std::map<std::string, Bytes> files);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer(HttpServer&&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    HttpServer& operator=(HttpServer&&) = delete;

    /// "http://127.0.0.1:40001"
    [[nodiscard]] std::string url() const;

    [[nodiscard]] int requests() const { return requests_; }

private:
    void serve();
    void answer(int connection);

    std::map<std::string, Bytes> files_;
    FileDescriptor listener_;
    std::uint16_t port_ = 0;
    std::vector<FileDescriptor> waiting_;
    std::atomic<int> requests_ = 0;
    std::thread thread_;
};

}  // namespace pycore::test
