#include "collector/metadata.hpp"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t kernel_command = 15;  // bytes that the kernel keeps of a command

std::optional<std::string> attribute(int core, const char* name)
{
    std::array<char, 512> buffer{};
    const ssize_t count = ::fgetxattr(core, name, buffer.data(), buffer.size());
    if (count <= 0) {
        return std::nullopt;
    }
    return to_printable(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
}

bool may_be_forged(int core)
{
    struct stat status {};
    return ::fstat(core, &status) != 0 || (status.st_uid != 0 && status.st_uid != ::geteuid()) ||
           (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

Gap remark(std::string code, std::string message)
{
    return Gap{.code = std::move(code),
               .message = std::move(message),
               .address = std::nullopt,
               .thread = std::nullopt,
               .data_lost = false};
}

template <class Number>
std::optional<std::string> text_of(const std::optional<Number>& number)
{
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
}

}  // namespace

CoreMetadata read_metadata(int core)
{
    return {.pid = attribute(core, "user.coredump.pid"),
            .uid = attribute(core, "user.coredump.uid"),
            .signal = attribute(core, "user.coredump.signal"),
            .timestamp = attribute(core, "user.coredump.timestamp"),
            .command = attribute(core, "user.coredump.comm"),
            .executable = attribute(core, "user.coredump.exe"),
            .forgeable = may_be_forged(core)};
}

std::vector<Gap> find_mismatches(const CoreMetadata& metadata, const Snapshot& snapshot)
{
    std::vector<Gap> remarks;
    const auto compare = [&remarks](const char* what, const std::optional<std::string>& noted,
                                    const std::optional<std::string>& recorded) {
        if (noted && recorded && *noted != *recorded) {
            remarks.push_back(remark("metadata-mismatch",
                                     std::string("the file's attributes say ") + what + " " +
                                         *noted + ", the core says " + to_printable(*recorded)));
        }
    };
    compare("pid", metadata.pid, text_of(snapshot.process.pid));
    compare("uid", metadata.uid, text_of(snapshot.process.uid));
    if (snapshot.crash) {
        compare("signal", metadata.signal, std::to_string(snapshot.crash->signal.number));
    }
    if (metadata.command && snapshot.process.command) {
        compare("command", metadata.command->substr(0, kernel_command),
                to_printable(*snapshot.process.command).substr(0, kernel_command));
    }
    if (metadata.forgeable) {
        remarks.push_back(remark("core-of-other-user",
                                 "others than root may have written to the core's file: what it "
                                 "and its attributes say may be made up"));
    }
    return remarks;
}

bool is_own_command(const std::string& command)
{
    return command.starts_with("pycore");
}

}  // namespace pycore
