#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

void check_error(const Outcome& outcome, int status, const std::string& part)
{
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.error, contains(part));
    CHECK(outcome.error.starts_with("pycore-report: "));
    CHECK(outcome.error.find('\n') == outcome.error.size() - 1);
}

TEST_CASE("wrong use is one line and status 2", "[cli]")
{
    check_error(run(std::vector<std::string>{}), 2, "no core file given");
    check_error(run({"--frobnicate", "core"}), 2, "--frobnicate");
    check_error(run({"--max-frames=many", "core"}), 2, "many");
    check_error(run({"a", "b"}), 2, "b");
    check_error(run({"--json", "--text", "core"}), 2, "standard output");
}

TEST_CASE("what cannot be read is one line and status 3", "[cli]")
{
    const TemporaryFolder folder;
    check_error(run({folder.path() / "none"}), 3, "No such file or directory");
    check_error(run({folder.path()}), 3, folder.path());
    check_error(run({folder.write("empty", "")}), 3, "is empty");
    check_error(run({folder.write("text", "hello")}), 3, "is not a core dump");
    check_error(run({PYCORE_REPORT}), 3, "not a core dump");
}

TEST_CASE("other machines are one line each and status 3", "[cli]")
{
    const TemporaryFolder folder;
    const auto core_with = [&](auto change) {
        return folder.write(
            "core", CoreBuilder().segment(Address{0x1000}, "x").change_header(change).bytes());
    };
    check_error(run({core_with([](Elf64_Ehdr& header) { header.e_ident[EI_CLASS] = ELFCLASS32; })}),
                3, "32-bit");
    check_error(run({core_with([](Elf64_Ehdr& header) { header.e_ident[EI_DATA] = ELFDATA2MSB; })}),
                3, "big-endian");
    check_error(run({core_with([](Elf64_Ehdr& header) { header.e_machine = EM_S390; })}), 3,
                "machine");
}

TEST_CASE("a file name with control characters stays one printable line", "[cli]")
{
    const TemporaryFolder folder;
    const Outcome outcome = run({folder.write("a\nb\x1b[31m", "hello")});
    check_error(outcome, 3, "a\\nb\\x1b[31m is not");
    CHECK(outcome.error.find('\x1b') == std::string::npos);
}

TEST_CASE("a process without Python has a report and status 1", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run({input.core});
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, contains("Process 7 (spin) was killed by SIGSEGV\n"
                                     "  signal      SEGV_MAPERR: address not mapped, at 0x10\n"));
    CHECK_THAT(outcome.out, contains("Crashed thread 7 (most recent call first):\n"
                                     "  running C code\n"
                                     "  C    0x401000"));
    CHECK_THAT(outcome.out, contains("Thread 8 (most recent call first):\n"
                                     "  running C code\n"
                                     "  C    0x402000"));
    CHECK_THAT(outcome.error, contains("no CPython"));
}

TEST_CASE("options --help and --version succeed on standard output", "[cli]")
{
    CHECK(run({"--version"}).out == "pycore-report " PYCORE_VERSION "\n");
    CHECK(run({"--version"}).status == 0);
    CHECK(run({"--help"}).status == 0);
    CHECK_THAT(run({"-h"}).out, contains("Usage: pycore-report"));
    CHECK(run({"--help"}).error.empty());
}

}  // namespace
}  // namespace pycore::test
