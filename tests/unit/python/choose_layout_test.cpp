#include <array>

#include "python/layout.hpp"
#include "support/catch.hpp"

using pycore::choose_layout;
using pycore::Flavour;
using pycore::Layout;
using pycore::LayoutSet;
using pycore::PythonVersion;

namespace {

constexpr std::uint8_t candidate = 0xC;

constexpr std::array tables{
    Layout{.since = {3, 13, 2}, .measured_to = {3, 13, 4}, .flavour = {}},
    Layout{.since = {3, 13, 7}, .measured_to = {3, 13, 7}, .flavour = {}},
    Layout{.since = {3, 13, 7}, .measured_to = {3, 13, 7}, .flavour = {.debug = true}},
};
constexpr std::array other_tables{
    Layout{.since = {3, 14, 0}, .measured_to = {3, 14, 0}, .flavour = {}},
};
constexpr LayoutSet set{.layouts = tables};
constexpr LayoutSet other_set{.layouts = other_tables};
constexpr std::array sets{&other_set, &set};

struct Expected {
    PythonVersion version;
    Flavour flavour;
    const Layout* layout;
    bool extrapolated;
};

}  // namespace

TEST_CASE("the newest table that is not newer than the version is chosen", "[layouts]")
{
    const Expected expected = GENERATE(
        Expected{{3, 13, 0}, {}, &tables[0], true}, Expected{{3, 13, 2}, {}, &tables[0], false},
        Expected{{3, 13, 3}, {}, &tables[0], false}, Expected{{3, 13, 4}, {}, &tables[0], false},
        Expected{{3, 13, 5}, {}, &tables[0], true}, Expected{{3, 13, 7}, {}, &tables[1], false},
        Expected{{3, 13, 255}, {}, &tables[1], true},
        Expected{{3, 13, 0}, {.debug = true}, &tables[2], true},
        Expected{{3, 13, 7}, {.debug = true}, &tables[2], false},
        Expected{{3, 14, 0}, {}, &other_tables[0], false},
        Expected{{3, 14, 1}, {}, &other_tables[0], true});
    INFO(int{expected.version.minor} << '.' << int{expected.version.micro});

    const auto choice = choose_layout(sets, expected.version, expected.flavour);

    REQUIRE(choice);
    CHECK(choice->layout == expected.layout);
    CHECK(choice->extrapolated == expected.extrapolated);
    CHECK(choice->set == (expected.version.minor == 13 ? &set : &other_set));
}

TEST_CASE("a release candidate is older than its final version", "[layouts]")
{
    const auto choice = choose_layout(sets, {3, 13, 7, candidate, 1}, {});
    REQUIRE(choice);
    CHECK(choice->layout == &tables[0]);
    CHECK(choice->extrapolated);

    const auto oldest = choose_layout(sets, {3, 14, 0, candidate, 2}, {});
    REQUIRE(oldest);
    CHECK(oldest->layout == &other_tables[0]);
    CHECK(oldest->extrapolated);
}

TEST_CASE("no table is chosen for another minor version or flavour", "[layouts]")
{
    CHECK_FALSE(choose_layout(sets, {3, 12, 7}, {}));
    CHECK_FALSE(choose_layout(sets, {3, 15, 0}, {}));
    CHECK_FALSE(choose_layout(sets, {4, 13, 7}, {}));
    CHECK_FALSE(choose_layout(sets, {3, 14, 0}, {.debug = true}));
    CHECK_FALSE(choose_layout(sets, {3, 13, 7}, {.debug = false, .free_threaded = true}));
    CHECK_FALSE(choose_layout({}, {3, 13, 7}, {}));
}

TEST_CASE("a free-threaded build has no table yet", "[layouts]")
{
    const std::uint8_t minor = GENERATE(as<std::uint8_t>(), 11, 12, 13, 14);
    const Flavour flavour{.debug = GENERATE(false, true), .free_threaded = true};
    CHECK_FALSE(choose_layout(pycore::all_layout_sets(), {3, minor, 5}, flavour));
}
