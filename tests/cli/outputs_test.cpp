#include <nlohmann/json.hpp>

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

std::size_t files_in(const CoreFolder& folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(folder.folder.path())) {
        ++count;
    }
    return count;
}

TEST_CASE("a format never takes the next word, in gdb's form neither", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run({"--json", "/no/such/python3", "-c", input.core});
    CHECK(outcome.status == 1);
    CHECK(nlohmann::json::parse(outcome.out)["process"]["pid"] == 7);
}

TEST_CASE("options -o and --FORMAT=FILE write files and nothing else", "[cli]")
{
    const CoreFolder input;
    CHECK(run({input.core, "-o", input.path("a.txt")}).status == 1);
    CHECK_THAT(content_of(input.path("a.txt")), contains("Process 7 (spin)"));

    const Outcome both =
        run({"--json=" + input.path("b.json"), "--text=" + input.path("b.txt"), input.core});
    CHECK(both.status == 1);
    CHECK(both.out.empty());
    CHECK(nlohmann::json::parse(content_of(input.path("b.json")))["schema"] == "pycore-report");
    CHECK(content_of(input.path("b.txt")) == content_of(input.path("a.txt")));
    CHECK(files_in(input) == 4);
}

TEST_CASE("an existing output is kept without --force", "[cli]")
{
    const CoreFolder input;
    const std::string path = input.folder.write("report", "precious");
    const Outcome refused = run({"-o", path, input.core});
    CHECK(refused.status == 2);
    CHECK_THAT(refused.error, contains("--force"));
    CHECK(content_of(path) == "precious");

    CHECK(run({"--force", "-o", path, input.core}).status == 1);
    CHECK_THAT(content_of(path), contains("Process 7"));
}

TEST_CASE("the core and ELF files are kept even with --force", "[cli]")
{
    const CoreFolder input;
    const std::string core = input.core;
    const std::string before = content_of(core);
    std::filesystem::create_symlink(core, input.path("link"));
    const std::string program = input.folder.write("program",
                                                   "\x7f"
                                                   "ELF");
    for (const std::string& path : {core, input.path("link"), program}) {
        const Outcome outcome = run({"--force", "--json=" + path, core});
        CHECK(outcome.status == 2);
        CHECK_THAT(outcome.error, contains("cannot write " + path));
    }
    CHECK(run(Command{.arguments = {core}, .output = core}).status == 2);
    CHECK(run(Command{.arguments = {"--force", "-o", core, "-"}, .input = core}).status == 2);
    CHECK(content_of(core) == before);
    CHECK(content_of(program) ==
          "\x7f"
          "ELF");
}

TEST_CASE("an input that cannot be read leaves no output behind", "[cli]")
{
    const CoreFolder input;
    const std::string broken = input.folder.write("broken", "no core");
    CHECK(run({"--json=" + input.path("out"), broken}).status == 3);
    CHECK(files_in(input) == 2);
}

TEST_CASE("a full disk is an error", "[cli]")
{
    const CoreFolder input;
    const Outcome stream = run(Command{.arguments = {input.core}, .output = "/dev/full"});
    CHECK(stream.status == 3);
    CHECK_THAT(stream.error, contains("No space left on device"));
    const Outcome file = run({"-o", "/dev/full", input.core});
    CHECK(file.status == 3);
    CHECK_THAT(file.error, contains("cannot write /dev/full: No space left on device"));
    CHECK(run(Command{.arguments = {"--help"}, .output = "/dev/full"}).status == 3);
}

TEST_CASE("a reader that has left is no error, and files are still written", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run_without_reader(
        Command{.arguments = {"--text", "--json=" + input.path("a.json"), input.core}});
    CHECK(outcome.status == 1);
    CHECK(outcome.error.find("write") == std::string::npos);
    CHECK(nlohmann::json::parse(content_of(input.path("a.json")))["process"]["pid"] == 7);
}

TEST_CASE("a core on standard input is reported", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run(Command{.arguments = {"--json", "-"}, .input = input.core});
    CHECK(outcome.status == 1);
    CHECK(nlohmann::json::parse(outcome.out)["process"]["pid"] == 7);
}

TEST_CASE("a core that comes through a pipe is reported", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run_with_pipe(Command{.arguments = {"--json", "-"}}, small_core());
    CHECK(outcome.status == 1);
    const auto report = nlohmann::json::parse(outcome.out);
    CHECK(report["process"]["pid"] == 7);
    CHECK(report["core"]["path"] == "-");
}

TEST_CASE("names that systemd-coredump gives, and stranger ones, are opened", "[cli]")
{
    const CoreFolder input;
    for (const char* name :
         {"core.python3.1000.0123456789abcdef0123456789abcdef.1234.1700000000000000",
          "core.a\\x2fb\\x20c.0.0123.7.1", "[a,b]", " ", "-c", "\xFF", "new\nline"}) {
        const std::string path = input.folder.write(name, small_core());
        CHECK(run({path}).status == 1);
        CHECK(run({"-c", path}).status == 1);
    }
}

TEST_CASE("the same core gives the same bytes", "[cli]")
{
    const CoreFolder input;
    CHECK(run({"--json", input.core}).out == run({"--json", input.core}).out);
}

}  // namespace
}  // namespace pycore::test
