// pycore_robustness CORE [--corruptions N] [--cuts N] [--heap N] [--seed N] [--jobs N] [--case N]
//
// Breaks a core in many small ways and requires a report or one clear error of each. --case tries
// one case in this process, for a debugger.

#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "broken_core.hpp"
#include "check_case.hpp"
#include "heap_mutations.hpp"
#include "mutations.hpp"
#include "read_recorder.hpp"
#include "run_cases.hpp"

namespace {

using namespace pycore::robustness;  // NOLINT(google-build-using-namespace)

using Numbers = std::map<std::string_view, std::size_t>;

bool parse(int count, char** words, Numbers& numbers)
{
    for (int i = 2; i + 1 < count; i += 2) {
        const auto number = numbers.find(words[i]);
        const char* end = words[i + 1] + std::strlen(words[i + 1]);
        if (number == numbers.end() ||
            std::from_chars(words[i + 1], end, number->second).ptr != end) {
            return false;
        }
    }
    return count >= 2 && count % 2 == 0;
}

std::vector<std::byte> read_file(const char* path)
{
    std::ifstream in(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto view = std::as_bytes(std::span(bytes));
    return {view.begin(), view.end()};
}

// What the analysis reads of the unbroken core is what is worth breaking. Empty without a report.
std::vector<Case> choose_cases(std::span<const std::byte> pristine, Numbers& numbers)
{
    const BrokenCore core(pristine);
    start_recording();
    const Verdict verdict = check_case(core.path(), false);
    const Reads reads = stop_recording();
    const auto opened = pycore::CoreFile::open(core.path());
    if (!opened || verdict.outcome == Outcome::wrong || verdict.outcome == Outcome::refused) {
        std::printf("the unbroken core has no report: %s\n", verdict.complaint.c_str());
        return {};
    }
    const auto targets = find_targets(pristine, *opened, reads);
    const Heap heap = find_heap(*opened, reads);
    std::printf("%zu kinds of target, %zu places of the heap\n", targets.size(), heap.read.size());
    auto cases = choose_cuts(pristine.size(), numbers["--cuts"]);
    for (const auto& more :
         {choose_corruptions(pristine, targets, numbers["--seed"], numbers["--corruptions"]),
          choose_heap_corruptions(pristine, heap, numbers["--seed"], numbers["--heap"])}) {
        cases.insert(cases.end(), more.begin(), more.end());
    }
    return cases;
}

int try_one(std::span<const std::byte> pristine, const Case& broken)
{
    BrokenCore core(pristine);
    core.apply(broken);
    const Verdict verdict = check_case(core.path(), broken.kind == Case::Kind::cut);
    std::printf("%s: outcome %d %s\n", describe(broken).c_str(), static_cast<int>(verdict.outcome),
                verdict.complaint.c_str());
    return verdict.outcome == Outcome::wrong ? 1 : 0;
}

}  // namespace

int main(int count, char** words)
{
    constexpr std::size_t every = SIZE_MAX;
    Numbers numbers{{"--corruptions", 0}, {"--cuts", 0}, {"--heap", 0},
                    {"--seed", 1},        {"--jobs", 1}, {"--case", every}};
    if (!parse(count, words, numbers)) {
        std::puts(
            "usage: pycore_robustness CORE [--corruptions N] [--cuts N] [--heap N] [--seed N] "
            "[--jobs N] [--case N]");
        return 2;
    }
    const auto pristine = read_file(words[1]);
    const auto cases = choose_cases(pristine, numbers);
    if (cases.empty()) {
        return 1;
    }
    if (numbers["--case"] < cases.size()) {
        return try_one(pristine, cases[numbers["--case"]]);
    }
    return run_cases(pristine, cases, {.jobs = numbers["--jobs"]}) ? 0 : 1;
}
