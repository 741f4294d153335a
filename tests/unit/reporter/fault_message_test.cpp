#include "fault_message.hpp"

#include <cerrno>

#include "exit_status.hpp"
#include "support/catch.hpp"

namespace pycore {
namespace {

TEST_CASE("a missing core is named, with a way to find it", "[reporter]")
{
    const Fault fault{FaultCode::io_error, ENOENT, "file"};
    CHECK(fault_message("core.1", fault) ==
          "cannot read core.1: No such file or directory; check the path (coredumpctl info shows "
          "where "
          "systemd keeps cores)");
    CHECK(exit_status_of(fault) == exit_status::unreadable);
}

TEST_CASE("a file that is no core is told apart from one of another machine", "[reporter]")
{
    CHECK_THAT(fault_message("a.txt", {FaultCode::bad_format, 0, "ELF magic"}),
               test::contains("a.txt is not a core dump"));
    CHECK_THAT(fault_message("python3", {FaultCode::bad_format, 2, "ELF type"}),
               test::contains("EXE -c CORE"));
    CHECK_THAT(fault_message("c", {FaultCode::unsupported, 1, "ELF class"}),
               test::contains("32-bit"));
    CHECK_THAT(fault_message("c", {FaultCode::unsupported, 2, "ELF byte order"}),
               test::contains("big-endian"));
    CHECK_THAT(fault_message("c", {FaultCode::unsupported, 243, "ELF machine"}),
               test::contains("x86-64"));
}

TEST_CASE("a file name in an error is one printable line", "[reporter]")
{
    const std::string message =
        fault_message("a\nb\x1b[31m", {FaultCode::bad_format, 0, "ELF magic"});
    CHECK_THAT(message, test::contains("a\\nb\\x1b[31m is not"));
    CHECK(message.find('\n') == std::string::npos);
}

TEST_CASE("a limit that leaves nothing to report has its own exit status", "[reporter]")
{
    const Fault fault{FaultCode::limit_reached, 1 << 20, "unpacked core"};
    CHECK_THAT(fault_message("core.zst", fault), test::contains("limit"));
    CHECK(exit_status_of(fault) == exit_status::limit);
}

TEST_CASE("standard input is called by its name", "[reporter]")
{
    CHECK_THAT(fault_message("-", {FaultCode::truncated, 64, "ELF header"}),
               test::contains("standard input ends"));
}

}  // namespace
}  // namespace pycore
