#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "python/layout.hpp"

namespace pycore::test {

/// One member, as facts tables spell it.
struct Fact {
    std::string bytes;  ///< size of the member in the process; "-" where it does not matter
    std::string value;  ///< its offset, size or meaning; "-" when the build does not have it
};

using Facts = std::map<std::string, Fact>;  ///< by "group.member"

/// What is known of one build.
struct Build {
    std::string name;  ///< "3.13.5-debug"
    PythonVersion version;
    Flavour flavour;
    Facts facts;
};

/// The builds of one table written by `tests/facts/collect.py` or `tests/layouts/measure.py`.
/// Throws when the file is not such a table.
std::vector<Build> read_builds(const std::filesystem::path& table);

/// Every member of our table, in the form of facts.
Facts facts_of(const Layout& layout);

/// The members whose facts our table contradicts, or does not have.
std::vector<std::string> differences(const Layout& layout, const Facts& facts);

}  // namespace pycore::test
