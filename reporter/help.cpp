#include "help.hpp"

#include <CLI/CLI.hpp>

#include <string_view>

#include "pycore/report.hpp"

namespace pycore {
namespace {

// CLI11's own page differs between its releases and shows how optional values are implemented.
constexpr std::string_view usage =
    R"(Usage: pycore-report [OPTIONS] CORE
       pycore-report [OPTIONS] - < CORE
       pycore-report [OPTIONS] EXE -c CORE
       pycore-report [OPTIONS] --batch FILE|DIR... --output-dir OUT
       pycore-report --abrt DIR [--refresh] [--config FILE]
       pycore-report --from-kernel %P %u %g %s %t %d [--config FILE]
       pycore-report --self-check

Reads the core dump of a crashed or hung CPython process (3.11 to 3.14) and says what every
thread was doing. CORE may be compressed (zstd, lz4, xz, gzip).
)";

constexpr std::string_view footer = R"(
SIZE is in bytes, or with K, M, G or T in units of 1024 and its powers.

Exit status: 0 report written, 1 not a Python process (its threads are still reported), 2 wrong
use, 3 core not readable or report not writable, 4 a limit cut the report (it says where). With
--batch: 0 whatever the cores are, 2, 3 if OUT is not writable, 128 and the signal if stopped. With
--self-check: 0, or 1 if a report of a crash on this host would miss something.
)";

constexpr std::size_t description_column = 31;

std::string spelling(const CLI::Option& option)
{
    std::string text;
    for (const std::string& name : option.get_snames()) {
        text += "-" + name + ", ";
    }
    for (const std::string& name : option.get_lnames()) {
        text += "--" + name + ", ";
    }
    text.resize(text.size() - 2);
    return text + option.get_option_text();
}

void append_option(std::string& out, const CLI::Option& option)
{
    std::string line = "  " + spelling(option);
    if (line.size() + 2 > description_column) {
        out += line + "\n";
        line.clear();
    }
    line.resize(description_column, ' ');
    out += line + option.get_description() + "\n";
}

}  // namespace

std::string help_text(const CLI::App& app)
{
    std::string out(usage);
    for (const std::string& group : app.get_groups()) {
        const auto options = app.get_options([&group](const CLI::Option* option) {
            return option->get_group() == group && option->nonpositional();
        });
        if (options.empty()) {  // of positionals alone
            continue;
        }
        out += "\n" + group + ":\n";
        for (const CLI::Option* option : options) {
            append_option(out, *option);
        }
    }
    return out.append(footer);
}

std::string version_text()
{
    return std::string("pycore-report ").append(library_version()).append("\n");
}

}  // namespace pycore
