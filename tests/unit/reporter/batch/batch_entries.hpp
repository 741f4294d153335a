#pragma once

#include <string>

#include "batch/entry.hpp"

namespace pycore::test {

/// An entry of a core that has a report.
inline BatchEntry entry_at(const std::string& path, std::int64_t time)
{
    BatchEntry entry;
    entry.path = path;
    entry.name = path.substr(path.rfind('/') + 1);
    entry.size = 7;
    entry.modified = 1'700'000'000'123'456'789;
    entry.origin = CrashOrigin{
        .time = time, .time_source = TimeSource::file_name, .hostname = std::string("web-1")};
    entry.status = "ok";
    entry.kind = "null-call";
    entry.signal = "SIGSEGV";
    entry.summary = "called NULL";
    entry.python_version = "3.13.5";
    entry.pid = 77;
    entry.reports = {entry.name + ".pycore.json"};
    entry.limits = {"max-frames"};
    entry.tool_version = "0.1.0";
    entry.options_key = "0123456789abcdef";
    return entry;
}

}  // namespace pycore::test
