#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "owned_descriptor.hpp"

namespace pycore {

/// Opens files for a process that cannot be trusted: those below given folders that are regular,
/// belong to root, can be written by root alone and read by everybody.
class FileBroker {
public:
    /// A folder that is not there has no files.
    explicit FileBroker(const std::vector<std::string>& roots);

    /// The file, or none with errno.
    [[nodiscard]] OwnedDescriptor open(const std::string& path) const;

    /// Answers one request that has come in. False when there will be no more.
    bool answer(int socket);

    [[nodiscard]] std::uint64_t opened() const noexcept { return opened_; }

private:
    struct Root {
        std::string path;  // ends with a slash
        OwnedDescriptor folder;
    };

    [[nodiscard]] OwnedDescriptor open_beneath(const std::string& path) const;
    [[nodiscard]] std::string link_target(const std::string& path) const;
    [[nodiscard]] OwnedDescriptor open_counted(const std::string& path);

    std::vector<Root> roots_;
    std::uint64_t requests_ = 0;
    std::uint64_t opened_ = 0;
};

/// Asks the broker at the other end: a descriptor, or an errno with a minus sign.
[[nodiscard]] int request_file(int socket, const std::string& path);

}  // namespace pycore
