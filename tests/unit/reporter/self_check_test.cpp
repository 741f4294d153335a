#include "self_check/self_check.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "self_check/elf_facts.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

/// A made-up machine.
struct MadeUpHost {
    MadeUpHost()
    {
        host.root = folder.path();
        host.search_path = {"/usr/bin"};
        host.landlock = 7;
        host.seccomp = true;
        pattern("core");
        write("proc/self/coredump_filter", "00000033\n");
        write("etc/passwd", "root:x:0:0\npycore-report:x:990:990\n");
    }

    void write(const std::string& path, const std::string& content) const
    {
        folder.write(path, std::string_view(content));
    }
    void pattern(const std::string& content) const
    {
        write("proc/sys/kernel/core_pattern", content + "\n");
    }
    void use_systemd() const
    {
        pattern("|/lib/systemd/systemd-coredump %P %u %g %s %t %c %h");
        write("lib/systemd/systemd-coredump", "program");
        write("usr/lib/systemd/system/pycore-collect.path", "[Path]\n");
        write("etc/systemd/system/paths.target.wants/pycore-collect.path", "");
    }
    bool complete() { return write_self_check(host, text, {.width = 1000}); }
    std::string said()
    {
        complete();
        return text.str();
    }

    TemporaryFolder folder;
    Host host;
    std::ostringstream text;
};

TEST_CASE("a host that keeps cores in files, without limits, misses nothing", "[self-check]")
{
    MadeUpHost made;

    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("file in the working directory"));
    CHECK_THAT(made.text.str(), contains("no crash collector is in use"));
}

TEST_CASE("a core limit of 0 is told, with the command that raises it", "[self-check]")
{
    MadeUpHost made;
    made.host.core_limit = 0;

    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("MISSING  RLIMIT_CORE"));
    CHECK_THAT(made.text.str(), contains("ulimit -c unlimited"));

    made.host.core_limit_hard = 0;
    CHECK_THAT(made.said(), contains("limits.conf"));
}

TEST_CASE("a pattern that keeps no core is told", "[self-check]")
{
    MadeUpHost made;
    made.pattern("|/bin/false");
    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("no core is kept"));

    made.pattern("|/opt/gone/handler %p");
    made.text.str({});
    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("that program is not here"));
}

TEST_CASE("systemd-coredump and our path unit are recognised, also behind the socket",
          "[self-check]")
{
    MadeUpHost made;
    made.use_systemd();
    if (GENERATE(false, true)) {
        made.pattern("@@/run/systemd/coredumpd/kernel");
    }

    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("/var/lib/systemd/coredump"));
    CHECK_THAT(made.text.str(), contains("every core gets a report"));
}

TEST_CASE("storage that pycore-collect.path does not see is told, drop-ins last", "[self-check]")
{
    MadeUpHost made;
    made.use_systemd();
    made.write("etc/systemd/coredump.conf",
               "[Coredump]\nStorage=journal\nMaxUse=1G\n#Storage=none\n");
    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("Storage=journal"));

    made.write("usr/lib/systemd/coredump.conf.d/50-x.conf", "[Coredump]\nStorage=none\n");
    made.write("etc/systemd/coredump.conf.d/50-x.conf", "[Coredump]\n Storage = external \n");
    made.text.str({});
    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("MaxUse=1G"));
}

TEST_CASE("a unit that is not enabled is told with the command", "[self-check]")
{
    MadeUpHost made;
    made.use_systemd();
    std::filesystem::remove_all(made.folder.path() / "etc/systemd");

    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("systemctl enable --now pycore-collect.path"));
}

TEST_CASE("pages that are not dumped are told", "[self-check]")
{
    MadeUpHost made;
    made.write("proc/self/coredump_filter", "00000023\n");
    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("without build ids"));

    made.write("proc/self/coredump_filter", "00000012\n");
    CHECK_THAT(made.said(), contains("without the heap"));
}

TEST_CASE("ABRT and apport are asked for our hooks", "[self-check]")
{
    MadeUpHost made;
    made.write("etc/libreport/events.d/other.conf", "");
    made.write("usr/share/apport/general-hooks/other.py", "");

    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("ABRT is here and does not call pycore-report"));
    CHECK_THAT(made.text.str(), contains("ProcessUnpackaged"));
    CHECK_THAT(made.text.str(), contains("apport is here and does not call"));
}

// Of the distribution: stripped, and with a build id.
std::filesystem::path c_library()
{
    Dl_info info{};
    REQUIRE(::dladdr(reinterpret_cast<void*>(&::getenv), &info) != 0);
    return info.dli_fname;
}

TEST_CASE("interpreters say what they lack, each once", "[self-check]")
{
    MadeUpHost made;
    const auto programs = made.folder.path() / "usr/bin";
    std::filesystem::create_directories(programs);
    std::filesystem::copy_file(c_library(), programs / "python3.13");
    std::filesystem::create_symlink("python3.13", programs / "python3.13d");
    std::filesystem::copy_file("/proc/self/exe", programs / "python3.12");
    made.folder.write("usr/bin/python3.11", ElfBuilder().bytes());
    made.folder.write("usr/bin/python3.9", ElfBuilder().bytes());
    made.write("usr/bin/python3.12-config", "#!/bin/sh\n");
    made.write("usr/bin/python3.14", "#!/bin/sh\n");

    CHECK_FALSE(made.complete());

    const std::string text = made.text.str();
    CHECK_THAT(text, contains("MISSING  /usr/bin/python3.13 (3.13) is stripped"));
    CHECK_THAT(text, contains("python3.13-dbg (Debian)"));
    CHECK_THAT(text, contains("ok       /usr/bin/python3.12 (3.12) has its symbols"));
    CHECK_THAT(text, contains("MISSING  /usr/bin/python3.11 (3.11) has no build id"));
    CHECK_THAT(text, contains("/usr/bin/python3.9 is of a version that is not supported"));
    CHECK(text.find("python3.14") == std::string::npos);
    CHECK(text.find("python3.12-config") == std::string::npos);
    CHECK(text.find("python3.13d") == std::string::npos);
}

TEST_CASE("an interpreter has its symbols where there is a debug file for it", "[self-check]")
{
    MadeUpHost made;
    const auto interpreter = made.folder.path() / "usr/bin/python3.13";
    std::filesystem::create_directories(interpreter.parent_path());
    std::filesystem::copy_file(c_library(), interpreter);
    const std::string id = read_elf_facts(interpreter).value().build_id;
    REQUIRE(id.size() > 2);
    made.write("usr/lib/debug/.build-id/" + id.substr(0, 2) + "/" + id.substr(2) + ".debug", "x");

    CHECK(made.complete());
    CHECK_THAT(made.text.str(), contains("python3.13 (3.13) has its symbols"));
}

TEST_CASE("what a file of the host says cannot reach the terminal raw", "[self-check]")
{
    MadeUpHost made;
    made.pattern("core\x1b[31m");

    CHECK(made.said().find('\x1b') == std::string::npos);
}

TEST_CASE("a configuration that is not used, or not understood, is told", "[self-check]")
{
    MadeUpHost made;
    CHECK_THAT(made.said(), contains("the defaults hold"));

    made.write("etc/pycore-report.conf", "[Collector]\nPrivacy=public\n");
    CHECK_THAT(made.said(), contains("/etc/pycore-report.conf is understood"));

    made.write("etc/pycore-report.conf", "[Collector]\nPrivacie=public\n");
    CHECK_THAT(made.said(), contains("Privacie"));

    std::filesystem::permissions(made.folder.path() / "etc/pycore-report.conf",
                                 std::filesystem::perms::all);
    made.text.str({});
    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("/etc/pycore-report.conf is not used"));
}

TEST_CASE("a kernel without a sandbox is told", "[self-check]")
{
    MadeUpHost made;
    made.host.seccomp = false;
    made.host.landlock = 0;

    CHECK_FALSE(made.complete());
    CHECK_THAT(made.text.str(), contains("no Landlock"));
}

}  // namespace
}  // namespace pycore::test
