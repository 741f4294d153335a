#include "signature/name_lists.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace pycore {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& list)
{
    std::ifstream file(std::filesystem::path(PYCORE_SIGNATURE_LISTS) / (list + ".txt"));
    REQUIRE(file);
    Lines lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

bool is_comment(const std::string& line)
{
    return line.starts_with("# ");
}

Lines patterns_of(const std::string& list)
{
    Lines patterns;
    for (const std::string& line : lines_of(list)) {
        if (!line.empty() && !is_comment(line)) {
            patterns.push_back(line);
        }
    }
    return patterns;
}

/// Of two patterns that may overlap: every name that `narrow` matches, `wide` matches too.
bool covers(const std::string& wide, const std::string& narrow)
{
    // A star that stands for one strange letter stands for any.
    std::string name = narrow;
    std::ranges::replace(name, '*', '\x01');
    return matches(wide, name);
}

const std::vector<std::pair<std::string, std::span<const std::string_view>>>& lists()
{
    static const std::vector<std::pair<std::string, std::span<const std::string_view>>> all{
        {"sentinel", names::sentinel()},
        {"irrelevant", names::irrelevant()},
        {"prefix", names::prefix()},
        {"python_plumbing", names::python_plumbing()},
        {"synonyms", names::synonyms()}};
    return all;
}

TEST_CASE("a pattern matches whole names, a star any letters", "[signature]")
{
    CHECK(matches("abort", "abort"));
    CHECK_FALSE(matches("abort", "aborted"));
    CHECK_FALSE(matches("abort", "_abort"));
    CHECK_FALSE(matches("abort", ""));
    CHECK(matches("Py*_Dealloc", "PyList_Dealloc"));
    CHECK(matches("Py*_Dealloc", "Py_Dealloc"));
    CHECK_FALSE(matches("Py*_Dealloc", "PyList_DeallocAll"));
    CHECK_FALSE(matches("ab*ba", "aba"));
    CHECK(matches("*", ""));
    CHECK(matches("a*b*c", "a_b_b_c"));
    CHECK_FALSE(matches("a*b*c", "acb"));
}

TEST_CASE("a pattern takes time in proportion to the name, not more", "[signature]")
{
    std::string pattern = "*";
    for (int i = 0; i < 200; ++i) {
        pattern += "a*";
    }
    CHECK_FALSE(matches(pattern + "b", std::string(1 << 20, 'a')));
}

TEST_CASE("the lists are what was built in", "[signature]")
{
    for (const auto& [name, built] : lists()) {
        INFO(name);
        CHECK(patterns_of(name) == Lines(built.begin(), built.end()));
        CHECK(built.size() > 2);
    }
}

TEST_CASE("each block of a list has its reason, and is sorted", "[signature]")
{
    for (const auto& [name, built] : lists()) {
        INFO(name);
        std::string last;
        for (const std::string& line : lines_of(name)) {
            INFO(line);
            if (last.empty()) {
                CHECK(is_comment(line));
            } else if (!line.empty() && !is_comment(last)) {
                CHECK(last < line);
            }
            CHECK(line.find_first_of("\"\\\t") == std::string::npos);
            CHECK((is_comment(line) || line.find("  ") == std::string::npos));
            last = line;
        }
        CHECK_FALSE(last.empty());
    }
}

TEST_CASE("no pattern says what another one of its list says", "[signature]")
{
    for (const auto& [name, built] : lists()) {
        const Lines patterns = patterns_of(name);
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            for (std::size_t j = 0; j < patterns.size(); ++j) {
                INFO(name << ": " << patterns[i] << " and " << patterns[j]);
                CHECK((i == j || !covers(patterns[i], patterns[j])));
            }
        }
    }
}

TEST_CASE("no name is in two lists that contradict each other", "[signature]")
{
    for (const std::string& skipped : patterns_of("irrelevant")) {
        for (const auto& other : {patterns_of("prefix"), patterns_of("sentinel")}) {
            for (const std::string& pattern : other) {
                INFO(skipped << " and " << pattern);
                CHECK_FALSE(covers(skipped, pattern));
                CHECK_FALSE(covers(pattern, skipped));
            }
        }
    }
}

TEST_CASE("the names of one function count as one", "[signature]")
{
    CHECK(without_synonym("memmove") == "memcpy");
    CHECK(without_synonym("__memcpy_chk") == "memcpy");
    CHECK(without_synonym("memcpy") == "memcpy");
    CHECK(without_synonym("mem") == "mem");
    for (const std::string_view line : names::synonyms()) {
        const auto other = line.substr(line.find(' ') + 1);
        CHECK(std::ranges::count(line, ' ') == 1);
        CHECK(without_synonym(other) == other);
    }
}

TEST_CASE("names of real stacks are in the lists", "[signature]")
{
    for (const char* const name :
         {"abort", "raise", "__assert_fail", "Py_FatalError", "_Py_FatalErrorFunc",
          "_Py_FatalError_TstateNULL", "malloc_printerr", "__pthread_kill_implementation",
          "fatal_error_exit", "std::terminate", "__cxa_throw"}) {
        INFO(name);
        CHECK(is_listed(names::sentinel(), name));
    }
    for (const char* const name :
         {"_PyEval_EvalFrameDefault", "PyObject_Vectorcall", "start_thread",
          "cfunction_vectorcall_NOARGS", "__libc_start_main", "take_gil", "clock_nanosleep",
          "ffi_call", "pythread_wrapper"}) {
        INFO(name);
        CHECK(is_listed(names::irrelevant(), name));
    }
    CHECK(is_listed(names::prefix(), "std::vector::at"));
    CHECK(is_listed(names::prefix(), "PyList_Dealloc"));
    // A program's own.
    CHECK_FALSE(is_listed(names::prefix(), "memory_pool_get"));
    CHECK_FALSE(is_listed(names::prefix(), "strategy_run"));
    CHECK(is_listed(names::python_plumbing(), "threading.Thread._bootstrap_inner"));
    CHECK(is_listed(names::python_plumbing(), "importlib._bootstrap._find_and_load"));
    CHECK_FALSE(is_listed(names::python_plumbing(), "asyncio_tools.run"));
}

}  // namespace
}  // namespace pycore
