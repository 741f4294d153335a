#pragma once

#include <optional>
#include <string>

namespace pycore {

/// What goes over the socket between a process in the sandbox and its parent: a path one way, a
/// descriptor or an errno the other way.
[[nodiscard]] bool send_request(int socket, const std::string& path);

/// Nothing when the other end is closed. What is too long becomes an empty path.
[[nodiscard]] std::optional<std::string> receive_request(int socket);

/// `descriptor` is -1 where there is an error.
[[nodiscard]] bool send_answer(int socket, int descriptor, int error);

/// The descriptor, or an errno with a minus sign.
[[nodiscard]] int receive_answer(int socket);

}  // namespace pycore
