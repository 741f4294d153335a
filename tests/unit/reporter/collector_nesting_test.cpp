#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

#include "collector/nesting.hpp"
#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::SnapshotBuilder;

enum class Link : std::uint8_t { cause, context, member };

Exception some_exception()
{
    Exception made;
    made.type = "E";
    made.message = "{[\"";
    made.address = Address{0x7f10};
    made.traceback = {{.code = code("a.py", "f"), .position = {.line = 3}}};
    return made;
}

Exception chain(Link link, std::size_t links)
{
    Exception inner = some_exception();
    for (std::size_t i = 0; i < links; ++i) {
        Exception outer = some_exception();
        switch (link) {
        case Link::cause: outer.cause = std::make_shared<const Exception>(inner); break;
        case Link::context: outer.context = std::make_shared<const Exception>(inner); break;
        case Link::member:
            outer.is_group = true;
            outer.exceptions = {inner};
            break;
        }
        inner = std::move(outer);
    }
    return inner;
}

std::size_t depth_of(const nlohmann::json& value)
{
    std::size_t deepest = 0;
    for (const auto& member : value) {
        deepest = std::max(deepest, member.is_structured() ? depth_of(member) : 0);
    }
    return deepest + 1;
}

struct Written {
    std::size_t depth = 0;
    bool whole = false;
};

Written written(const Exception& exception, bool handled, bool limited)
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("a.py", "f"), 1)});
    Thread& thread = builder.edit().threads.back();
    thread.exception = handled ? some_exception() : exception;
    if (handled) {
        thread.handled = {exception};
    }
    Report report = builder.report();
    if (limited) {
        limit_nesting(report);
    }
    std::ostringstream out;
    write_json(report, out);
    return {.depth = depth_of(nlohmann::json::parse(out.str())),
            .whole = out.str().find("\"complete\": false") == std::string::npos};
}

TEST_CASE("nesting: the deepest chains that are read are cut to 32 levels of JSON", "[collector]")
{
    constexpr std::size_t longest = 64;
    for (const Link link : {Link::cause, Link::context, Link::member}) {
        for (const bool handled : {false, true}) {
            const Exception deep = chain(link, longest);
            CHECK(written(deep, handled, false).depth > longest);
            const Written cut = written(deep, handled, true);
            CHECK(cut.depth <= max_json_nesting);
            CHECK(cut.depth >= max_json_nesting - 1);
            CHECK_FALSE(cut.whole);
        }
    }
}

TEST_CASE("nesting: what has 32 levels stays whole, and one link more is cut", "[collector]")
{
    for (const auto& [link, most] : {std::pair(Link::cause, 26U), std::pair(Link::member, 13U)}) {
        const Written fits = written(chain(link, most), false, true);
        CHECK(fits.depth == 32);
        CHECK(fits.whole);
        CHECK_FALSE(written(chain(link, most + 1), false, true).whole);
    }
}

}  // namespace
}  // namespace pycore
