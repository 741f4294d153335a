#include "pycore/signal.hpp"

#include <csignal>
#include <cstring>

#include "support/catch.hpp"

namespace pycore {
namespace {

TEST_CASE("signals have the names that this machine's C library gives them", "[base]")
{
    for (int number = 1; number < 32; ++number) {
        const char* name = sigabbrev_np(number);
        REQUIRE(name != nullptr);
        CHECK(signal_name(number) ==
              std::string("SIG") + (std::strcmp(name, "POLL") == 0 ? "IO" : name));
    }
}

TEST_CASE("real-time signals count from SIGRTMIN", "[base]")
{
    CHECK(signal_name(SIGRTMIN) == "SIGRTMIN");
    CHECK(signal_name(SIGRTMIN + 3) == "SIGRTMIN+3");
    CHECK(signal_name(SIGRTMAX) == "SIGRTMIN+30");
}

TEST_CASE("a number that is no signal is shown as it is", "[base]")
{
    CHECK(signal_name(0) == "signal 0");
    CHECK(signal_name(32) == "signal 32");
    CHECK(signal_name(65) == "signal 65");
    CHECK(signal_name(-2147483647 - 1) == "signal -2147483648");
}

TEST_CASE("the codes of a signal have the names of <bits/siginfo-consts.h>", "[base]")
{
    CHECK(signal_code_name(SIGSEGV, SEGV_MAPERR) == "SEGV_MAPERR");
    CHECK(signal_code_name(SIGSEGV, SEGV_ACCERR) == "SEGV_ACCERR");
    CHECK(signal_code_name(SIGSEGV, SEGV_PKUERR) == "SEGV_PKUERR");
    CHECK(signal_code_name(SIGBUS, BUS_ADRERR) == "BUS_ADRERR");
    CHECK(signal_code_name(SIGBUS, BUS_MCEERR_AO) == "BUS_MCEERR_AO");
    CHECK(signal_code_name(SIGILL, ILL_ILLOPN) == "ILL_ILLOPN");
    CHECK(signal_code_name(SIGILL, ILL_BADSTK) == "ILL_BADSTK");
    CHECK(signal_code_name(SIGFPE, FPE_INTDIV) == "FPE_INTDIV");
    CHECK(signal_code_name(SIGFPE, FPE_FLTSUB) == "FPE_FLTSUB");
    CHECK(signal_code_name(SIGTRAP, TRAP_BRKPT) == "TRAP_BRKPT");
}

TEST_CASE("codes that say who sent the signal go with every signal", "[base]")
{
    CHECK(signal_code_name(SIGABRT, SI_TKILL) == "SI_TKILL");
    CHECK(signal_code_name(SIGTERM, SI_USER) == "SI_USER");
    CHECK(signal_code_name(SIGSEGV, SI_KERNEL) == "SI_KERNEL");
    CHECK(signal_code_name(SIGUSR1, SI_QUEUE) == "SI_QUEUE");
}

TEST_CASE("a code without a name has none", "[base]")
{
    CHECK(signal_code_name(SIGSEGV, 99).empty());
    CHECK(signal_code_name(SIGABRT, SEGV_MAPERR).empty());
    CHECK(signal_code_meaning(SIGSEGV, 99).empty());
}

}  // namespace
}  // namespace pycore
