#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

std::string content_of(const std::string& path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST_CASE("a batch writes a report for each core, and an index", "[cli]")
{
    const CoreFolder input;
    input.folder.write("below/core.8", small_core());
    input.folder.write("notes.txt", "no core");
    const std::string out = input.path("out");
    const Outcome outcome = run({"--batch", input.folder.path(), "--output-dir", out, "--json"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.error, contains("done 2/2 core."));
    CHECK_THAT(outcome.error, contains("2 cores: 2 reports, 0 failed; 1 other files left out"));
    CHECK(content_of(out + "/core.7.pycore.json") ==
          run({"--json", std::filesystem::canonical(input.core)}).out);
    CHECK_THAT(content_of(out + "/index.jsonl"), contains("\"name\":\"core.8\""));
    CHECK_THAT(content_of(out + "/index.html"), contains("2 cores: 2 reports of 1 crash,"));
}

TEST_CASE("a batch without a core says so and succeeds", "[cli]")
{
    const CoreFolder input;
    std::filesystem::remove(input.core);
    const Outcome outcome =
        run({"--batch", input.folder.path(), "--output-dir", input.path("out")});
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.error, contains("0 cores"));
    CHECK(content_of(input.path("out/index.jsonl")).empty());
}

TEST_CASE("an input that is no core is an error line, one that is not there wrong use", "[cli]")
{
    const CoreFolder input;
    const std::string text = input.folder.write("a.txt", "no core");
    const std::string out = input.path("out");
    const Outcome no_core = run({"--batch", text, input.core, "--output-dir", out, "--json"});
    CHECK(no_core.status == 0);
    CHECK_THAT(no_core.error, contains("a.txt is not a core dump"));
    const Outcome missing =
        run({"--batch", input.path("none"), input.core, "--output-dir", out, "--json"});
    CHECK(missing.status == 2);
    CHECK_THAT(missing.error, contains("none: No such file"));
    CHECK_THAT(missing.error, contains("1 kept"));
}

TEST_CASE("a batch that cannot write to its folder fails", "[cli]")
{
    const CoreFolder input;
    const Outcome file = run({"--batch", input.core, "--output-dir", input.core, "--json"});
    CHECK(file.status == 3);
    CHECK(run({"--batch", input.core, "--output-dir", "/proc/none", "--json"}).status == 3);

    const std::string out = input.path("out");
    std::filesystem::create_directory(out);
    std::filesystem::create_symlink(input.core, out + "/core.7.pycore.json");
    const std::string before = content_of(input.core);
    const Outcome link = run({"--batch", input.core, "--output-dir", out, "--json"});
    CHECK(link.status == 3);
    CHECK_THAT(link.error, contains("cannot write the report"));
    CHECK(content_of(input.core) == before);
}

TEST_CASE("systemd's words of a crash are in the index", "[cli]")
{
    const CoreFolder input;
    const std::string name = "core.spin.0.0123456789abcdef0123456789abcdef.7.1700000000123456";
    const std::string core = input.folder.write(name, small_core());
    CHECK(run({"--batch", core, "--output-dir", input.path("out"), "--json"}).status == 0);
    const auto entry = nlohmann::json::parse(content_of(input.path("out/index.jsonl")));
    CHECK(entry["time"] == "2023-11-14T22:13:20.123456Z");
    CHECK(entry["time_source"] == "file-name");
    CHECK(entry["pid"] == 7);
    CHECK(entry["signal"] == "SIGSEGV");
    CHECK(entry["exit_status"] == 1);
    CHECK(entry["reports"][0] == name + ".pycore.json");
}

TEST_CASE("on a terminal a batch shows a bar that goes again", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const CoreFolder input;
    input.folder.write("core.x.0.0123456789abcdef0123456789abcdef.7.1700000000000000", "");
    const Outcome outcome = run_on_terminal(
        {.arguments = {"--batch", input.folder.path(), "--output-dir", input.path("out"), "--json"},
         .environment = {"TERM=xterm"}});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.find("done 1/") == std::string::npos);
    CHECK_THAT(outcome.out, contains("is empty"));
    CHECK_THAT(outcome.out, contains("2 cores: 1 report, 1 failed"));
}

}  // namespace
}  // namespace pycore::test
