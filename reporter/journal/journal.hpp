#pragma once

#include <string>

namespace pycore {

inline constexpr const char* journal_socket = "/run/systemd/journal/socket";

/// Sends a record to the journal behind a socket. False where there is none, or it does not take
/// it.
bool send_to_journal(const std::string& record, const char* socket = journal_socket);

}  // namespace pycore
