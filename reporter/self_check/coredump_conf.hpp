#pragma once

#include <map>
#include <string>

#include "self_check/host.hpp"

namespace pycore {

/// What coredump.conf(5) and its drop-ins say, by key; a later file wins, as for systemd.
[[nodiscard]] std::map<std::string, std::string> read_coredump_conf(const Host& host);

}  // namespace pycore
