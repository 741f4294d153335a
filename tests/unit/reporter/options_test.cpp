#include "options.hpp"

#include <initializer_list>
#include <vector>

#include "limit_options.hpp"
#include "support/catch.hpp"

namespace pycore {
namespace {

auto parse(std::initializer_list<const char*> words)
{
    std::vector<const char*> arguments{"pycore-report"};
    arguments.insert(arguments.end(), words);
    return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

CommandLine accepted(std::initializer_list<const char*> words)
{
    auto parsed = parse(words);
    if (const auto* error = std::get_if<UsageError>(&parsed)) {
        FAIL(error->message);
    }
    return std::get<CommandLine>(std::move(parsed));
}

std::string refused(std::initializer_list<const char*> words)
{
    auto parsed = parse(words);
    REQUIRE(std::holds_alternative<UsageError>(parsed));
    return std::get<UsageError>(parsed).message;
}

TEST_CASE("a core alone is reported as text on standard output", "[options]")
{
    const CommandLine line = accepted({"core.1"});
    CHECK(line.core == "core.1");
    REQUIRE(line.outputs.size() == 1);
    CHECK(line.outputs[0].format->name == "text");
    CHECK(line.outputs[0].path == "-");
    CHECK_FALSE(line.force);
}

TEST_CASE("a format never takes the next word", "[options]")
{
    const CommandLine line = accepted({"--json", "core.1"});
    CHECK(line.core == "core.1");
    CHECK(line.outputs[0].format->name == "json");
    CHECK(line.outputs[0].path == "-");
}

TEST_CASE("a format may name its file, several in one run", "[options]")
{
    const CommandLine line = accepted({"--text=a.txt", "core.1", "--json=b.json", "--json"});
    REQUIRE(line.outputs.size() == 3);
    CHECK(line.outputs[0].format->name == "json");
    CHECK(line.outputs[0].path == "b.json");
    CHECK(line.outputs[1].path == "-");
    CHECK(line.outputs[2].format->name == "text");
    CHECK(line.outputs[2].path == "a.txt");
}

TEST_CASE("gdb's form names the executable first", "[options]")
{
    const CommandLine line = accepted({"--json", "/usr/bin/python3", "-c", "core.1"});
    CHECK(line.core == "core.1");
    CHECK(line.analysis.files.executable == "/usr/bin/python3");
    CHECK(accepted({"-c", "core.1"}).core == "core.1");
}

TEST_CASE("an executable named by --exe stands before that of gdb's form", "[options]")
{
    CHECK(accepted({"--exe", "mine", "python3", "-c", "core.1"}).analysis.files.executable ==
          "mine");
}

TEST_CASE("a dash is standard input", "[options]")
{
    CHECK(accepted({"-"}).core == "-");
    CHECK(accepted({"--json", "-"}).core == "-");
    CHECK(accepted({"python3", "-c", "-"}).core == "-");
}

TEST_CASE("option -o names the file of a single format", "[options]")
{
    CHECK(accepted({"-o", "out", "core"}).outputs[0].path == "out");
    CHECK(accepted({"-o", "out", "core"}).outputs[0].format->name == "text");
    CHECK(accepted({"-o", "out", "--json", "core"}).outputs[0].format->name == "json");
    CHECK_THAT(refused({"-o", "out", "--json", "--text", "core"}), test::contains("-o"));
    CHECK_THAT(refused({"-o", "out", "--json=other", "core"}), test::contains("-o"));
}

TEST_CASE("two reports never go to one place", "[options]")
{
    CHECK_THAT(refused({"--json", "--text", "core"}), test::contains("standard output"));
    CHECK_THAT(refused({"--json=a", "--text=a", "core"}), test::contains("one file: a"));
    CHECK_THAT(refused({"--json", "--json", "core"}), test::contains("standard output"));
}

BatchRequest accepted_batch(std::initializer_list<const char*> words)
{
    auto parsed = parse(words);
    if (const auto* error = std::get_if<UsageError>(&parsed)) {
        FAIL(error->message);
    }
    return std::get<BatchRequest>(std::move(parsed));
}

TEST_CASE("a batch takes any number of files and folders", "[options]")
{
    const BatchRequest batch =
        accepted_batch({"--batch", "a", "--json", "[b,c]", "--output-dir", "out", "d", "--", "-e"});
    CHECK(batch.inputs == std::vector<std::string>{"a", "[b,c]", "d", "-e"});
    CHECK(batch.output_folder == "out");
    REQUIRE(batch.formats.size() == 1);
    CHECK(batch.formats[0]->name == "json");
    CHECK(batch.analysis.locals == Locals::all_threads);
}

TEST_CASE("a batch writes JSON and a format for people unless told otherwise", "[options]")
{
    const BatchRequest batch = accepted_batch({"a", "--batch", "--output-dir", "out"});
    REQUIRE(batch.formats.size() == 2);
    CHECK(batch.formats[0]->name == "json");
    CHECK(batch.formats[1]->name == (find_format("html") != nullptr ? "html" : "text"));
    const BatchRequest text =
        accepted_batch({"a", "--batch", "--output-dir", "out", "--text", "--text"});
    CHECK(text.formats.size() == 1);
    CHECK(text.analysis.locals == Locals::crashed_thread);
}

TEST_CASE("the key of a batch's options is of those that a report depends on", "[options]")
{
    const auto key = [](std::initializer_list<const char*> words) {
        return accepted_batch(words).options_key;
    };
    const std::string plain = key({"--batch", "a", "--output-dir", "out"});
    CHECK(plain == key({"--batch", "b", "c", "--output-dir", "other", "--jobs", "3", "--force",
                        "--new-only", "--color=never"}));
    CHECK(plain != key({"--batch", "a", "--output-dir", "out", "--json"}));
    CHECK(plain != key({"--batch", "a", "--output-dir", "out", "--no-locals"}));
    CHECK(key({"--batch", "a", "--output-dir", "out", "--max-frames", "1"}) !=
          key({"--batch", "a", "--output-dir", "out", "--max-frames", "2"}));
}

TEST_CASE("what a batch cannot do is refused", "[options]")
{
    CHECK_THAT(refused({"--batch", "a"}), test::contains("--output-dir"));
    CHECK_THAT(refused({"--batch", "--output-dir", "out"}), test::contains("no core"));
    CHECK_THAT(refused({"--batch", "-", "--output-dir", "out"}), test::contains("standard input"));
    CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "--json=f"}),
               test::contains("--json"));
    CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "-o", "f"}), test::contains("no -o"));
    CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "-c", "f"}), test::contains("no -c"));
    CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "--threads"}),
               test::contains("single core"));
    for (const char* jobs : {"0", "-1", "x", "9999"}) {
        CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "--jobs", jobs}),
                   test::contains("--jobs"));
    }
    CHECK_THAT(refused({"a", "b"}), test::contains("more than one core: b"));
    CHECK_THAT(refused({"a", "--new-only"}), test::contains("--new-only is for --batch"));
    CHECK_THAT(refused({"a", "--output-dir", "o"}), test::contains("--output-dir is for --batch"));
    CHECK_THAT(refused({"--batch", "a", "--output-dir", "o", "--nonsense"}),
               test::contains("--nonsense"));
}

TEST_CASE("names that look strange are taken as they are", "[options]")
{
    for (const char* name :
         {"core.python3.1000.0123456789abcdef0123456789abcdef.1234.1700000000000000.zst",
          "core.a\\x2fb\\x20c.1000.x.1.2.zst", "[a,b]", "{}", "a b", "a=b", "core\n\x1b[31m",
          "\xFF"}) {
        CHECK(accepted({name}).core == name);
        CHECK(accepted({"-o", name, "core"}).outputs[0].path == name);
        CHECK(accepted({"--module-path", name, "core"}).analysis.files.module_paths[0] == name);
    }
    CHECK(accepted({"--json=[a,b]", "core"}).outputs[0].path == "[a,b]");
    CHECK(accepted({"--json=false", "core"}).outputs[0].path == "false");
    CHECK(accepted({"--json=a=b", "core"}).outputs[0].path == "a=b");
    CHECK(accepted({"--", "--core"}).core == "--core");
}

TEST_CASE("option --module-path is repeatable and takes one word", "[options]")
{
    const CommandLine line = accepted({"--module-path", "a", "--module-path=b", "core.1"});
    CHECK(line.core == "core.1");
    REQUIRE(line.analysis.files.module_paths.size() == 2);
    CHECK(line.analysis.files.module_paths[0] == "a");
    CHECK(line.analysis.files.module_paths[1] == "b");
}

TEST_CASE("options say where Python's sources are, and whether they are opened", "[options]")
{
    const CommandLine line = accepted({"--source-path", "a", "--source-path=b", "core.1"});
    CHECK(line.analysis.files.source_paths == std::vector<std::filesystem::path>{"a", "b"});
    CHECK(line.analysis.files.sources);
    CHECK_FALSE(accepted({"--no-source", "core.1"}).analysis.files.sources);
}

TEST_CASE("option --debug-dir is repeatable and takes one word", "[options]")
{
    const CommandLine line = accepted({"--debug-dir", "a", "--debug-dir=b", "core.1"});
    CHECK(line.core == "core.1");
    REQUIRE(line.analysis.files.debug_paths.size() == 2);
    CHECK(line.analysis.files.debug_paths[0] == "a");
    CHECK(line.analysis.files.debug_paths[1] == "b");
}

TEST_CASE("servers are asked only when that is wanted", "[options]")
{
    CHECK_FALSE(accepted({"core"}).analysis.files.debuginfod);
    const CommandLine line = accepted({"--debuginfod", "core"});
    CHECK(line.core == "core");
    CHECK(line.analysis.files.debuginfod);
}

TEST_CASE("what is read and shown of C code can be chosen", "[options]")
{
    CHECK(accepted({"core"}).analysis.lines);
    CHECK_FALSE(accepted({"core"}).all_frames);
    CHECK_FALSE(accepted({"--no-lines", "core"}).analysis.lines);
    CHECK(accepted({"--all-frames", "core"}).all_frames);
    CHECK(accepted({"--no-lines", "--all-frames", "core"}).core == "core");
}

TEST_CASE("variables are read as far as a format shows them, or as asked", "[options]")
{
    CHECK(accepted({"core"}).analysis.locals == Locals::crashed_thread);
    CHECK(accepted({"--json", "core"}).analysis.locals == Locals::all_threads);
    CHECK(accepted({"--json=f", "--text", "core"}).analysis.locals == Locals::all_threads);
    CHECK(accepted({"--locals", "core"}).analysis.locals == Locals::all_threads);
    CHECK(accepted({"--json", "--no-locals", "core"}).analysis.locals == Locals::none);
    CHECK_FALSE(accepted({"core"}).analysis.globals);
    CHECK(accepted({"--globals", "core"}).analysis.globals);
}

TEST_CASE("who may read the report is an option", "[options]")
{
    CHECK(accepted({"core"}).analysis.privacy == PrivacyLevel::local);
    CHECK(accepted({"--privacy=public", "core"}).analysis.privacy == PrivacyLevel::open);
    CHECK_THAT(refused({"--privacy=secret", "core"}), test::contains("local or public"));
    CHECK(accepted({"--redact", "acme-*", "--redact=x", "core"}).analysis.redact ==
          std::vector<std::string>{"acme-*", "x"});
    CHECK_FALSE(accepted({"core"}).analysis.environment);
    CHECK(accepted({"--environment", "core"}).analysis.environment);
}

TEST_CASE("every limit is an option, with units", "[options]")
{
    const Limits limits =
        accepted({"--max-frames=10", "--max-report-bytes", "2M", "--time-limit", "3", "core"})
            .analysis.limits;
    CHECK(limits.max_frames == 10);
    CHECK(limits.max_report_bytes == 2 << 20);
    CHECK(limits.max_time == std::chrono::seconds(3));
    for (const LimitOption& limit : limit_options()) {
        const std::string option = "--" + std::string(limit.name) + "=7K";
        const Limits changed = accepted({option.c_str(), "core"}).analysis.limits;
        CHECK((limit.count != nullptr ? changed.*limit.count : changed.*limit.bytes) == 7 * 1024);
    }
}

TEST_CASE("numbers that are none, or too large, are refused", "[options]")
{
    for (const char* value :
         {"--max-frames=x", "--max-frames=-1", "--max-frames=1.5", "--max-frames=K",
          "--max-report-bytes=99999999999T", "--max-frames=18446744073709551616",
          "--time-limit=1000000001", "--time-limit=-1", "--max-frames= 1"}) {
        CHECK_THAT(refused({value, "core"}), test::contains("is not"));
    }
}

TEST_CASE("an empty value is refused instead of taking the next word", "[options]")
{
    CHECK_THAT(refused({"--json=", "core"}), test::contains("--json="));
    CHECK_THAT(refused({"--sysroot=", "core"}), test::contains("--sysroot="));
    CHECK_THAT(refused({""}), test::contains("empty"));
}

TEST_CASE("a command line that makes no sense is refused in one printable line", "[options]")
{
    CHECK_THAT(refused({}), test::contains("no core file"));
    CHECK_THAT(refused({"--frobnicate", "core"}), test::contains("frobnicate"));
    CHECK_THAT(refused({"core", "other"}), test::contains("other"));
    CHECK_THAT(refused({"--color=pink", "core"}), test::contains("auto, always or never"));
    CHECK_THAT(refused({"core", "two\nlines\x1b"}), test::contains("two\\nlines\\x1b"));
}

TEST_CASE("options --help and --version answer even without a core", "[options]")
{
    const auto help = parse({"--help"});
    REQUIRE(std::holds_alternative<Notice>(help));
    for (const char* part : {"--json[=FILE]", "-o, --output FILE", "--max-frames", "--sysroot",
                             "--debug-dir DIR", "--debuginfod", "--no-lines", "--all-frames",
                             "--locals", "--no-locals", "--globals", "Exit status"}) {
        CHECK_THAT(std::get<Notice>(help).text, test::contains(part));
    }
    const auto version = parse({"--version"});
    REQUIRE(std::holds_alternative<Notice>(version));
    CHECK(std::get<Notice>(version).text == "pycore-report " PYCORE_VERSION "\n");
}

TEST_CASE("no line of the help is wider than a terminal of a hundred columns", "[options]")
{
    const auto help = std::get<Notice>(parse({"--help"})).text;
    for (std::size_t at = 0; at < help.size();) {
        const auto end = help.find('\n', at);
        CHECK(end - at <= 100);
        at = end + 1;
    }
}

}  // namespace
}  // namespace pycore
