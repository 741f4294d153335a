#include "collector/settings.hpp"
#include "support/catch.hpp"

using pycore::CollectorSettings;
using pycore::parse_settings;
using pycore::test::contains;

TEST_CASE("settings: each key of the collector", "[collector]")
{
    const auto read = parse_settings(
        "# a comment\n"
        "[Collector]\n"
        "AllowedRoots = /usr:/opt/python\n"
        "Privacy=local\n"
        "TimeLimit=7\n"
        "Memory=64M\n"
        "MaxReportSize=1M\n"
        "MaxUnpackedSize=2T\n"
        "Formats=json, text\n"
        "User=someone\n"
        "StateDirectory=/srv/state\n"
        "MaxUse=12345\n"
        "[Abrt]\n"
        "AbrtCoreBacktrace=yes\n"
        "[Kernel]\n"
        "StoreCores=no\n"
        "CoreDirectory=/srv/cores\n"
        "MaxCoreSize=3K\n"
        "MaxUse=4K\n"
        "KeepFree=5K",
        "FILE");
    CHECK(read.warnings.empty());
    const CollectorSettings& settings = read.settings;
    CHECK(settings.allowed_roots == std::vector<std::string>{"/usr", "/opt/python"});
    CHECK(settings.privacy == pycore::PrivacyLevel::local);
    CHECK(settings.time_limit == std::chrono::seconds(7));
    CHECK(settings.memory == 64U << 20);
    CHECK(settings.max_report_size == 1U << 20);
    CHECK(settings.max_unpacked_size == std::uint64_t{2} << 40);
    CHECK(settings.formats == std::vector<std::string>{"json", "text"});
    CHECK(settings.user == "someone");
    CHECK(settings.state_directory == "/srv/state");
    CHECK(settings.max_use == 12345);
    CHECK(settings.abrt_core_backtrace);
    CHECK_FALSE(settings.store_cores);
    CHECK(settings.core_directory == "/srv/cores");
    CHECK(settings.max_core_size == 3U << 10);
    CHECK(settings.max_core_use == 4U << 10);
    CHECK(settings.keep_free == 5U << 10);
}

TEST_CASE("settings: what is not understood is told and changes nothing", "[collector]")
{
    for (const char* const line :
         {"Privacy=none", "TimeLimit=0", "TimeLimit=1e9", "Memory=lots", "Memory=99999999999999T",
          "Memory=", "Formats=pdf", "Formats=", "AllowedRoots=usr", "StateDirectory=here",
          "Nonsense=1", "Memory", "StoreCores=yes", "\x1b]0;x\x07=1"}) {
        INFO(line);
        const auto read = parse_settings(std::string("[Collector]\n") + line + "\n", "FILE");
        REQUIRE(read.warnings.size() == 1);
        CHECK_THAT(read.warnings[0], contains("FILE line 2: "));
        CHECK(read.warnings[0].find('\x1b') == std::string::npos);
        const CollectorSettings usual;
        CHECK(read.settings.memory == usual.memory);
        CHECK(read.settings.formats == usual.formats);
        CHECK(read.settings.time_limit == usual.time_limit);
        CHECK(read.settings.allowed_roots == usual.allowed_roots);
        CHECK(read.settings.privacy == pycore::PrivacyLevel::open);
    }
}

TEST_CASE("settings: a file that is not there, and one that is no file", "[collector]")
{
    CHECK(pycore::read_settings("/nowhere/at/all").missing);
    const auto device = pycore::read_settings("/dev/null");
    CHECK(device.error.has_value());
    CHECK_FALSE(device.missing);
}
