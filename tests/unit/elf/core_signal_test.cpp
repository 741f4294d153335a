#include <csignal>

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a fault of the processor has an address", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .thread({.tid = 1, .signal = SIGSEGV})
                              .signal({.number = SIGSEGV, .code = 1, .fault_address = Address{8}})
                              .open();

    REQUIRE(core.signal());
    CHECK(core.signal()->number == SIGSEGV);
    CHECK(core.signal()->code == 1);
    CHECK(core.signal()->fault_address == Address{8});
    CHECK_FALSE(core.signal()->sender_pid);
}

TEST_CASE("a general protection fault has no address, although the field is 0", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .thread({.tid = 1, .signal = SIGSEGV})
                              .signal({.number = SIGSEGV, .code = SI_KERNEL})
                              .open();

    REQUIRE(core.signal());
    CHECK_FALSE(core.signal()->fault_address);
}

TEST_CASE("a signal that was sent has a sender and no address", "[elf]")
{
    const int code = GENERATE(values<int>({SI_USER, SI_TKILL, SI_QUEUE}));
    const CoreFile core =
        CoreBuilder()
            .thread({.tid = 1, .signal = SIGSEGV})
            .signal({.number = SIGSEGV, .code = code, .sender_pid = 42, .sender_uid = 1000})
            .open();

    REQUIRE(core.signal());
    CHECK(core.signal()->sender_pid == 42);
    CHECK(core.signal()->sender_uid == 1000U);
    CHECK_FALSE(core.signal()->fault_address);
}

TEST_CASE("without NT_SIGINFO the first thread's signal counts if it dumps core", "[elf]")
{
    const CoreFile killed = CoreBuilder().thread({.tid = 1, .signal = SIGABRT}).open();
    const CoreFile living = CoreBuilder().thread({.tid = 1, .signal = 0}).open();
    const CoreFile stopped = CoreBuilder().thread({.tid = 1, .signal = SIGSTOP}).open();

    REQUIRE(killed.signal());
    CHECK(killed.signal()->number == SIGABRT);
    CHECK_FALSE(living.signal());
    CHECK_FALSE(stopped.signal());
}

TEST_CASE("a debugger's core of a living process has no signal", "[elf]")
{
    const int how_it_stopped = GENERATE(SIGSTOP, SIGTRAP, SIGINT, 0);
    const CoreFile core =
        CoreBuilder()
            .thread({.tid = 1, .signal = static_cast<std::int16_t>(how_it_stopped)})
            .process({.pid = 1})
            .signal({.number = how_it_stopped, .code = SI_USER})
            .written_by_gdb()
            .open();

    CHECK_FALSE(core.signal());
}

TEST_CASE("a debugger's core of a process that was dying has the signal", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .thread({.tid = 1, .signal = SIGSEGV})
                              .process({.pid = 1})
                              .signal({.number = SIGSEGV, .code = 1, .fault_address = Address{16}})
                              .written_by_gdb()
                              .open();

    REQUIRE(core.signal());
    CHECK(core.signal()->number == SIGSEGV);
}

TEST_CASE("SIGTRAP kills like others when a kernel wrote the core", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .thread({.tid = 1, .signal = SIGTRAP})
                              .process({.pid = 1})
                              .signal({.number = SIGTRAP, .code = SI_KERNEL})
                              .open();

    REQUIRE(core.signal());
    CHECK(core.signal()->number == SIGTRAP);
}

}  // namespace
}  // namespace pycore::test
