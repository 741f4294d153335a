#include <algorithm>
#include <set>
#include <string_view>

#include "corpus/corpus.hpp"
#include "corpus/expected.hpp"
#include "corpus/module_tree.hpp"
#include "pycore/analyze.hpp"
#include "support/catch.hpp"
#include "support/python_frames.hpp"
#include "support/temporary_folder.hpp"

using namespace pycore;        // NOLINT(google-build-using-namespace): a test is one scope
using namespace pycore::test;  // NOLINT(google-build-using-namespace)

namespace {

struct Counts {
    std::size_t equal = 0;
    std::size_t cut = 0;
    std::size_t in_files = 0;
};

/// Equal up to where a limit cut it.
bool is_cut_from(std::string_view text, std::string_view whole)
{
    const auto same = std::ranges::mismatch(text, whole).in1 - text.begin();
    const std::string_view rest = text.substr(static_cast<std::size_t>(same));
    // A str that is cut is closed before the mark.
    return rest.starts_with("...") || rest.starts_with("'...") || rest.starts_with("\"...");
}

void check_value(const Value& value, const ExpectedVariable& expected, bool files, Counts& counts)
{
    INFO(value.text);
    INFO(expected.repr);
    CHECK_FALSE(value.redacted);
    if (value.text == expected.repr || value.text == expected.plain) {
        ++counts.equal;
    } else if (value.truncated) {
        ++counts.cut;
        CHECK(is_cut_from(value.text, expected.repr));
    } else {
        // What the items of an array are is said in constant data of a file.
        ++counts.in_files;
        CHECK_FALSE(files);
        CHECK(value.type == "array.array");
        CHECK(value.text.starts_with("<not saved at "));
    }
}

void check_frame(const PythonFrame& frame,
                 const ExpectedVariables& expected,
                 bool files,
                 Counts& counts)
{
    INFO(frame.code->qualified_name << ':' << frame.position.line.value_or(0));
    std::set<std::string> names;
    if (frame.variables) {
        CHECK(frame.variables->complete);
        for (const Variable& variable : frame.variables->locals) {
            if (!variable.bound) {
                continue;
            }
            INFO(variable.name);
            CHECK(names.insert(variable.name).second);
            const auto told = expected.find(variable.name);
            REQUIRE(told != expected.end());
            check_value(variable.value, told->second, files, counts);
        }
    }
    CHECK(names.size() == expected.size());
}

Counts check_variables(const CorpusCore& core,
                       const Expected& expected,
                       const std::filesystem::path& sysroot,
                       bool files)
{
    INFO(core.name << (files ? "" : ", without files"));
    const TemporaryFolder folder;
    unpack(core.packed, folder.path() / "core");
    Options options;
    options.files.sysroot = files ? sysroot : folder.path();
    const auto report = analyze(folder.path() / "core", options);
    REQUIRE(report);
    Counts counts;
    for (const auto& [ident, frames] : expected.variables) {
        const auto thread =
            std::ranges::find(report->snapshot.threads, ident, &Thread::python_thread_id);
        REQUIRE(thread != report->snapshot.threads.end());
        const auto own = python_frames(*thread);
        REQUIRE(own.size() == frames.size());
        for (std::size_t i = 0; i < own.size(); ++i) {
            check_frame(own[i], frames[i], files, counts);
        }
    }
    return counts;
}

}  // namespace

TEST_CASE("the variables of every frame are what repr() said of them", "[corpus]")
{
    std::size_t compared = 0;
    for (const CorpusCore& core : corpus().cores) {
        const Expected expected = core.expected.empty() ? Expected{} : read_expected(core.expected);
        if (expected.variables.empty()) {
            continue;
        }
        const TemporaryFolder sysroot;
        write_modules(corpus().build(core.build), sysroot.path());
        for (const bool files : {true, false}) {
            const Counts counts = check_variables(core, expected, sysroot.path(), files);
            INFO(core.name);
            CHECK(counts.equal >= 140);
            CHECK(counts.cut <= 10);
            CHECK(counts.in_files <= 1);
            compared += counts.equal + counts.cut;
        }
    }
    CHECK(compared > 1000);
}
