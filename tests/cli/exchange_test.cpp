#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

const std::vector<std::string>& formats()
{
    static const std::vector<std::string> names{"core-backtrace", "ureport", "sentry", "markdown"};
    return names;
}

std::string content_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST_CASE("a format for other programs never takes the next word", "[cli][exchange]")
{
    const CoreFolder input;
    for (const std::string& name : formats()) {
        // As systemd writes it.
        const Outcome outcome = run({"--" + name, "/usr/bin/python3", "-c", input.core});
        CHECK(outcome.status == 1);
        CHECK(outcome.out == run({"--" + name, input.core}).out);
        CHECK(outcome.out.size() > 100);
    }
}

TEST_CASE("a format for other programs is one of several outputs", "[cli][exchange]")
{
    const CoreFolder input;
    std::vector<std::string> words{input.core};
    for (const std::string& name : formats()) {
        words.push_back("--" + name + "=" + input.path(name));
    }
    const Outcome outcome = run(words);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    for (const std::string& name : formats()) {
        CHECK(content_of(input.path(name)) == run({"--" + name, input.core}).out);
    }
}

TEST_CASE("no format for other programs replaces a core or an ELF file", "[cli][exchange]")
{
    const CoreFolder input;
    const std::string core = input.core;
    const std::string before = content_of(core);
    const std::string elf(
        "\x7f"
        "ELF");
    const std::string program = input.folder.write("program", elf);
    for (const std::string& name : formats()) {
        for (const std::string& path : {core, program}) {
            const Outcome outcome = run({"--force", "--" + name + "=" + path, core});
            CHECK(outcome.status == 2);
            CHECK_THAT(outcome.error, contains("cannot write " + path));
        }
    }
    CHECK(content_of(core) == before);
    CHECK(content_of(program) == elf);
}

TEST_CASE("what a crash without Python is, other programs are told", "[cli][exchange]")
{
    const CoreFolder input;
    const auto backtrace = nlohmann::json::parse(run({"--core-backtrace", input.core}).out);
    CHECK(backtrace["signal"] == 11);
    CHECK(backtrace["stacktrace"][0]["crash_thread"] == true);
    CHECK(backtrace["stacktrace"][0]["frames"][0]["address"] == 0x401000);
    const auto event = nlohmann::json::parse(run({"--sentry", input.core}).out);
    CHECK(event["exception"]["values"][0]["type"] == "SIGSEGV");
    CHECK(event["exception"]["values"][0]["mechanism"]["meta"]["signal"]["code_name"] ==
          "SEGV_MAPERR");
    CHECK(event["threads"]["values"][1]["id"] == "8");
}

}  // namespace
}  // namespace pycore::test
