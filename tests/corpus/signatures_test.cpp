#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "corpus/corpus.hpp"
#include "corpus/module_tree.hpp"
#include "pycore/analyze.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

/// One line of signatures.txt.
struct Row {
    std::string kind;
    std::string native;
    std::string python;
    bool id_per_build = false;
};

std::map<std::string, Row> read_table()
{
    std::map<std::string, Row> rows;
    std::ifstream file(PYCORE_SIGNATURE_TABLE);
    REQUIRE(file);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        std::istringstream words(line);
        std::string scenario;
        std::string builds;
        Row row;
        words >> scenario >> row.kind >> row.native >> row.python >> builds;
        row.id_per_build = builds == "builds";
        INFO(line);
        CHECK((builds.empty() || row.id_per_build));
        CHECK(rows.emplace(scenario, row).second);
    }
    return rows;
}

Signature signature_of(const std::filesystem::path& core, const std::filesystem::path& sysroot)
{
    Options options;
    options.files.sysroot = sysroot;
    options.files.sources = false;
    options.locals = Locals::none;
    const auto report = analyze(core, options);
    REQUIRE(report);
    REQUIRE(report->signature);
    return *report->signature;
}

/// The last native part, or the first of Python; "-" for none.
std::string part_of(const Signature& signature, SignaturePart part)
{
    std::string found = "-";
    for (const SignatureComponent& component : signature.components) {
        if (component.part == part && (found == "-" || part == SignaturePart::native)) {
            // In a deadlock callers follow.
            found = component.text.substr(0, component.text.find(" < "));
        }
    }
    return found;
}

/// `expected` with a "+" at its end says how the text begins.
bool matches(const std::string& text, const std::string& expected)
{
    return expected.ends_with('+') ? text.starts_with(expected.substr(0, expected.size() - 1))
                                   : text == expected;
}

void check_row(const Signature& signature, const Row& row)
{
    INFO(signature.text);
    CHECK(signature.components.front().text == row.kind);
    for (const auto& [part, expected] : {std::pair(SignaturePart::python, row.python),
                                         std::pair(SignaturePart::native, row.native)}) {
        INFO(expected << ", not " << part_of(signature, part));
        CHECK(matches(part_of(signature, part), expected));
    }
    CHECK(signature.text.size() <= 255);
    CHECK(signature.id.size() == 64);
}

/// faulthandler raises the signal again; where the first one was is in the C library's code alone.
bool coarse_id_differs_alone(const CorpusCore& core)
{
    return core.scenario == "division" && core.name.ends_with("+faulthandler");
}

TEST_CASE("one bug has one id in every build, and no two have the same", "[corpus]")
{
    const auto table = read_table();
    std::map<std::string, std::set<std::string>> ids;     // by scenario, or core where it says so
    std::map<std::string, std::set<std::string>> coarse;  // by scenario
    for (const CorpusBuild& build : corpus().builds) {
        const TemporaryFolder folder;
        const auto sysroot = folder.path() / "root";
        const auto nothing = folder.path() / "nothing";
        std::filesystem::create_directories(sysroot);
        std::filesystem::create_directories(nothing);
        write_modules(build, sysroot);
        for (const CorpusCore& core : corpus().cores) {
            if (core.build != build.name) {
                continue;
            }
            INFO(core.name);
            REQUIRE(table.contains(core.scenario));
            const Row& row = table.at(core.scenario);
            const auto path = folder.path() / "core";
            unpack(core.packed, path);
            const Signature whole = signature_of(path, sysroot);
            check_row(whole, row);
            ids[core.scenario + (row.id_per_build ? " of " + core.build : "")].insert(whole.id);
            coarse[core.scenario].insert(whole.coarse_id);
            const Signature alone = signature_of(path, nothing);
            CHECK((alone.coarse_id == whole.coarse_id) == !coarse_id_differs_alone(core));
        }
    }
    std::map<std::string, std::string> owners;
    for (const auto& [bug, found] : ids) {
        INFO(bug);
        CHECK(found.size() == 1);
        for (const std::string& id : found) {
            const auto [owner, added] = owners.emplace(id, bug);
            INFO("and " << owner->second);
            CHECK(added);
        }
    }
    for (const auto& [scenario, found] : coarse) {
        INFO(scenario);
        CHECK(found.size() == 1);
    }
    CHECK(coarse.size() == table.size());
}

}  // namespace
}  // namespace pycore::test
