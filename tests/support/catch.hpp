#pragma once

// The one place that knows which Catch2 this is. Tests keep to what 2.13 and 3.x both have.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>

namespace pycore::test {

/// Matches a string that has `part` in it.
inline auto contains(const std::string& part)
{
#if __has_include(<catch2/catch_all.hpp>)
    return Catch::Matchers::ContainsSubstring(part);
#else
    return Catch::Matchers::Contains(part);
#endif
}

}  // namespace pycore::test
