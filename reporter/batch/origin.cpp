#include "batch/origin.hpp"

#include <fcntl.h>
#include <sys/xattr.h>

#include <array>

#include "batch/core_names.hpp"
#include "batch/open_core.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t max_hostname = 253;  // of DNS

std::string attribute(int descriptor, const char* name)
{
    std::array<char, 1024> buffer{};
    const ssize_t count = ::fgetxattr(descriptor, name, buffer.data(), buffer.size());
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string{};
}

std::optional<std::string> hostname_of(std::string_view text)
{
    if (text.empty() || text.size() > max_hostname) {
        return std::nullopt;
    }
    return to_printable(text);
}

}  // namespace

std::string_view name_of(TimeSource source) noexcept
{
    switch (source) {
    case TimeSource::xattr: return "xattr";
    case TimeSource::file_name: return "file-name";
    case TimeSource::abrt: return "abrt";
    case TimeSource::mtime: break;
    }
    return "mtime";
}

CrashOrigin origin_of(const FoundCore& core, int descriptor)
{
    CrashOrigin origin{.time = core.modified / 1000,
                       .time_source = TimeSource::mtime,
                       .hostname = hostname_of(attribute(descriptor, "user.coredump.hostname"))};
    const auto told = parse_crash_time(attribute(descriptor, "user.coredump.timestamp"));
    const auto named = time_in_systemd_name(core.name);
    if (told || named) {
        origin.time = told ? *told : *named;
        origin.time_source = told ? TimeSource::xattr : TimeSource::file_name;
        return origin;
    }
    if (core.abrt_folder.empty()) {
        return origin;
    }
    const OwnedDescriptor folder(
        ::open(core.abrt_folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (const auto time = parse_crash_time(first_line_of(folder.number(), "time"))) {
        origin.time = *time;
        origin.time_source = TimeSource::abrt;
    }
    if (!origin.hostname) {
        origin.hostname = hostname_of(first_line_of(folder.number(), "hostname"));
    }
    return origin;
}

}  // namespace pycore
