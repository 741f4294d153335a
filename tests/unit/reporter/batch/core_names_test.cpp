#include "batch/core_names.hpp"

#include "batch/report_names.hpp"
#include "support/catch.hpp"
#include "unit/reporter/batch/batch_entries.hpp"

namespace pycore::test {
namespace {

FoundCore found(const std::string& path)
{
    FoundCore core;
    core.path = path;
    core.name = path.substr(path.rfind('/') + 1);
    return core;
}

TEST_CASE("a name of systemd-coredump tells the time of the crash", "[batch]")
{
    const std::string name = "core.a\\x2fb\\x20c.1000.0123456789abcdef0123456789abcdef.5.";
    CHECK(time_in_systemd_name(name + "1700000000123456") == 1'700'000'000'123'456);
    CHECK(time_in_systemd_name(name + "1700000000123456.zst") == 1'700'000'000'123'456);
    CHECK(time_in_systemd_name(name + "1700000000") == 1'700'000'000'000'000);
}

TEST_CASE("other names tell none", "[batch]")
{
    for (const char* name :
         {"core", "core.5", "core.x.1000.0123456789abcdef.5.1700000000000000",
          "core.x.1000.0123456789ABCDEF0123456789abcdef.5.1700000000000000",
          "core..1000.0123456789abcdef0123456789abcdef.5.", "",
          "core.x.u.0123456789abcdef0123456789abcdef.5.1700000000000000",
          "x.core.x.1000.0123456789abcdef0123456789abcdef.5.1700000000000000",
          "core.x.1000.0123456789abcdef0123456789abcdef.5.99999999999999999999999"}) {
        INFO(name);
        CHECK_FALSE(time_in_systemd_name(name));
    }
}

TEST_CASE("a report is named as its core, without the end of the compression", "[batch]")
{
    CHECK(report_name(report_stem("core.a\\x2fb.0.1.2.3.zst"), "json") ==
          "core.a\\x2fb.0.1.2.3.pycore.json");
    CHECK(report_stem("core.xz") == "core");
    CHECK(report_stem(".xz") == "_.xz");
    CHECK(report_stem("ccpp-2023") == "ccpp-2023");
}

TEST_CASE("the name of a report is a printable name of one file, whatever its core's", "[batch]")
{
    for (const std::string& name :
         {std::string("\x1b]0;x\x07"), std::string("new\nline"), std::string("\xff\xfe"),
          std::string(".."), std::string(255, 'x'), std::string(85, '\x01'),
          std::string("\xe2\x80\xae"
                      "fdp.exe")}) {
        const std::string report = report_name(report_stem(name), "html");
        INFO(report);
        CHECK(is_report_name(report));
    }
    const std::string first(250, 'x');
    CHECK(report_stem(first + "1") != report_stem(first + "2"));
}

TEST_CASE("nothing but the name of a report is one", "[batch]")
{
    for (const char* name : {"", "index.html", "../x.pycore.json", ".x.pycore.json",
                             "a/b.pycore.json", "x.pycore.js\non", "/etc/passwd"}) {
        INFO(name);
        CHECK_FALSE(is_report_name(name));
    }
    CHECK_FALSE(is_report_name(std::string(255, 'x') + ".pycore.json"));
    CHECK(is_report_name("core.1.pycore.json"));
}

TEST_CASE("cores of one name get names of their own, which do not depend on their order", "[batch]")
{
    const auto stems =
        choose_stems({found("/a/core.1"), found("/b/core.1"), found("/b/core.2")}, {});
    const auto turned = choose_stems({found("/b/core.1"), found("/a/core.1")}, {});
    CHECK(stems[0] != stems[1]);
    CHECK(stems[0].starts_with("core.1-"));
    CHECK(stems[2] == "core.2");
    CHECK(turned[0] == stems[1]);
    CHECK(turned[1] == stems[0]);
    CHECK(choose_stems({found("/a/core.1"), found("/a/core.1.zst")}, {})[0].starts_with("core.1-"));
}

TEST_CASE("a core that has reports keeps their name", "[batch]")
{
    const BatchIndex known{.entries = {entry_at("/a/core.1", 1)}, .damaged = 0};
    const auto stems = choose_stems({found("/a/core.1"), found("/b/core.1")}, known);
    CHECK(stems[0] == "core.1");
    CHECK(stems[1] == "core.1-" + stable_hash("/b/core.1").substr(0, 8));
    CHECK(choose_stems({found("/b/core.1")}, known)[0] == stems[1]);
}

TEST_CASE("the hash is FNV-1a", "[batch]")
{
    CHECK(stable_hash("") == "cbf29ce484222325");
    CHECK(stable_hash("a") == "af63dc4c8601ec8c");
    CHECK(stable_hash("foobar") == "85944171f73967e8");
}

}  // namespace
}  // namespace pycore::test
