// compare_layout MEASURED: compares our tables with a facts table measured on one or more builds,
// and says where they differ. Status 1 when a table is wrong about a build it claims.

#include <cstdio>
#include <exception>
#include <iostream>

#include "support/layout_facts.hpp"

namespace {

bool compare(const pycore::test::Build& build)
{
    const auto choice =
        pycore::choose_layout(pycore::all_layout_sets(), build.version, build.flavour);
    if (!choice) {
        std::printf("%s: no table\n", build.name.c_str());
        return false;
    }
    const auto found = pycore::test::differences(*choice->layout, build.facts);
    for (const std::string& difference : found) {
        std::printf("%s: %s\n", build.name.c_str(), difference.c_str());
    }
    std::printf("%s: %zu of %zu members differ%s\n", build.name.c_str(), found.size(),
                build.facts.size(), choice->extrapolated ? " from an extrapolated table" : "");
    return found.empty() || choice->extrapolated;
}

}  // namespace

int main(int count, char** arguments)
try {
    bool right = count > 1;
    for (int i = 1; i < count; ++i) {
        for (const auto& build : pycore::test::read_builds(arguments[i])) {
            right = compare(build) && right;
        }
    }
    return right ? 0 : 1;
} catch (const std::exception& error) {
    std::cerr << "compare_layout: " << error.what() << '\n';
    return 2;
}
