#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

#include "self_check/elf_facts.hpp"
#include "self_check/self_check.hpp"

namespace pycore::self_checks {
namespace {

constexpr int oldest = 11;
constexpr int newest = 14;
constexpr std::size_t most_interpreters = 64;

// Of "python3.13", "python3.13t", "python3.13-dbg": 13.
std::optional<int> minor_in(std::string_view name)
{
    constexpr std::string_view start = "python3.";
    if (!name.starts_with(start)) {
        return std::nullopt;
    }
    int minor = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + start.size(), end, minor);
    const std::string_view suffix(rest, static_cast<std::size_t>(end - rest));
    const bool interpreter =
        suffix.empty() || suffix == "t" || suffix == "d" || suffix == "td" || suffix == "-dbg";
    return error == std::errc{} && interpreter ? std::optional(minor) : std::nullopt;
}

struct Interpreter {
    std::string path;  // below the root of the host
    int minor = 0;
    ElfFacts facts;
};

std::vector<Interpreter> find_interpreters(const Host& host)
{
    std::vector<Interpreter> found;
    std::set<std::filesystem::path> seen;
    for (const std::string& folder : host.search_path) {
        for (const std::string& name : host.names_in(folder)) {
            const auto minor = minor_in(name);
            const auto file = host.place(folder + "/" + name);
            // A script of that name, as of a version manager, is no interpreter.
            const auto facts = minor ? read_elf_facts(file) : std::nullopt;
            std::error_code error;
            const auto real = std::filesystem::canonical(file, error);
            if (facts && !error && found.size() < most_interpreters && seen.insert(real).second) {
                found.push_back({.path = folder + "/" + name, .minor = *minor, .facts = *facts});
            }
        }
    }
    return found;
}

// Where the loader looks for it, without what the file itself asks for: beside the interpreter, and
// in the folders of the system.
std::filesystem::path find_library(const Host& host,
                                   const std::filesystem::path& interpreter,
                                   const std::string& name)
{
    std::error_code error;
    const auto beside = std::filesystem::canonical(interpreter, error).parent_path() / "../lib";
    for (const auto& folder :
         {beside, host.place("/usr/lib/x86_64-linux-gnu"), host.place("/usr/lib/aarch64-linux-gnu"),
          host.place("/usr/lib64"), host.place("/usr/lib"), host.place("/usr/local/lib")}) {
        if (std::filesystem::exists(folder / name, error)) {
            return folder / name;
        }
    }
    return {};
}

bool has_debug_file(const Host& host, const std::string& build_id)
{
    return build_id.size() > 2 && host.exists("/usr/lib/debug/.build-id/" + build_id.substr(0, 2) +
                                              "/" + build_id.substr(2) + ".debug");
}

Finding symbols_of(const Host& host, const Interpreter& interpreter)
{
    const std::string name = interpreter.path + " (3." + std::to_string(interpreter.minor) + ")";
    auto facts = interpreter.facts;
    if (!facts.python_library.empty()) {
        const auto library = find_library(host, host.place(interpreter.path), facts.python_library);
        const auto its = read_elf_facts(library);
        if (!its) {
            return {Verdict::note, name + ": " + facts.python_library + " is not found here", {}};
        }
        facts = *its;
    }
    if (facts.build_id.empty()) {
        return {Verdict::missing,
                name +
                    " has no build id: its file cannot be told from another of the same name, and "
                    "C frames have no names",
                "build it with -Wl,--build-id"};
    }
    if (facts.symbol_table || has_debug_file(host, facts.build_id)) {
        return {Verdict::good, name + " has its symbols", {}};
    }
    return {Verdict::missing,
            name +
                " is stripped: its own C frames have no names where the function is not exported, "
                "and no source lines. Python frames and values are complete",
            "install python3." + std::to_string(interpreter.minor) +
                "-dbg (Debian), or debuginfo-"
                "install python3 (Fedora)" +
                (host.debuginfod ? ", or run pycore-report --debuginfod"
                                 : ", or set DEBUGINFOD_URLS and run pycore-report --debuginfod")};
}

Findings run(const Host& host)
{
    Findings findings;
    for (const Interpreter& interpreter : find_interpreters(host)) {
        if (interpreter.minor >= oldest && interpreter.minor <= newest) {
            findings.push_back(symbols_of(host, interpreter));
        } else {
            findings.push_back({Verdict::note,
                                interpreter.path +
                                    " is of a version that is not supported: reports "
                                    "have its C stacks only",
                                {}});
        }
    }
    if (findings.empty()) {
        findings.push_back({Verdict::note, "there is no python3.N on PATH", {}});
    }
    return findings;
}

}  // namespace

extern const SelfCheck interpreters;
const SelfCheck interpreters{.place = 3, .title = "Python on PATH", .run = run};

}  // namespace pycore::self_checks
