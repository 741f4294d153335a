#include "fault_message.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "exit_status.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

struct Explanation {
    std::string_view label;
    std::string_view text;
};

// What the fault of opening a core says in terms of the file that the user gave.
constexpr std::array explanations{
    Explanation{"file type", "is not a regular file; give the core file itself, or - for a pipe"},
    Explanation{"empty file",
                "is empty; see whether the disk was full or the core size limited (ulimit -c)"},
    Explanation{
        "ELF magic",
        "is not a core dump; give the file that the kernel, systemd-coredump or gcore wrote"},
    Explanation{"ELF type",
                "is an ELF file but not a core dump; to name the executable, write EXE -c CORE"},
    Explanation{"ELF class", "is a 32-bit core, which is not supported; only 64-bit ones are"},
    Explanation{"ELF byte order",
                "is a big-endian core, which is not supported; only little-endian ones are"},
    Explanation{"ELF machine", "is of a machine that is not supported; x86-64 and aarch64 are"},
};

std::string advice_for(int error)
{
    switch (error) {
    case EACCES:
    case EPERM: return "; cores belong to the crashed process's user: run as that user or as root";
    case ENOENT: return "; check the path (coredumpctl info shows where systemd keeps cores)";
    case EISDIR: return "; give the core file itself";
    case ENOSPC: return "; unpacking needs space in TMPDIR";
    default: return "";
    }
}

std::string explain(const Fault& fault)
{
    for (const Explanation& known : explanations) {
        if (known.label == fault.what.text()) {
            return std::string(known.text);
        }
    }
    const std::string what(fault.what.text());
    switch (fault.code) {
    case FaultCode::limit_reached:
        return "exceeds a limit (" + what + "); see the limits in --help";
    case FaultCode::truncated: return "ends too early (" + what + "); was it copied completely?";
    case FaultCode::unsupported: return "is not supported (" + what + ")";
    default: return "is damaged (" + describe(fault) + ")";
    }
}

}  // namespace

std::string fault_message(const std::string& core, const Fault& fault)
{
    const std::string name = core == "-" ? "standard input" : to_printable(core);
    if (fault.code == FaultCode::io_error) {
        const int error = static_cast<int>(fault.where);
        return "cannot read " + name + ": " + std::strerror(error) + advice_for(error);
    }
    return name + " " + explain(fault);
}

int exit_status_of(const Fault& fault) noexcept
{
    return fault.code == FaultCode::limit_reached ? exit_status::limit : exit_status::unreadable;
}

int exit_status_of(const Report& report) noexcept
{
    if (!report.snapshot.limits.empty()) {
        return exit_status::limit;
    }
    return report.snapshot.python_found ? exit_status::written : exit_status::not_python;
}

void print_error(const std::string& message)
{
    const std::string line = "pycore-report: " + message + "\n";
    // Where standard error is gone there is nobody to tell.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace pycore
