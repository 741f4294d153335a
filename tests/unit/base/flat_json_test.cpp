#include "base/flat_json.hpp"

#include "support/catch.hpp"

namespace pycore {
namespace {

using Members = std::map<std::string, std::string>;

TEST_CASE("an object of strings is read", "[json]")
{
    CHECK(parse_flat_json("{}") == Members{});
    CHECK(parse_flat_json(R"( { "name" : "numpy",
                               "version":"1.24.2" } )") ==
          Members{{"name", "numpy"}, {"version", "1.24.2"}});
    CHECK(parse_flat_json(R"({"a": "1", "a": "2"})") == Members{{"a", "1"}});
}

TEST_CASE("escapes mean what JSON says", "[json]")
{
    CHECK(parse_flat_json(R"({"a": "\"\\\/\b\f\n\r\t"})") == Members{{"a", "\"\\/\b\f\n\r\t"}});
    CHECK(parse_flat_json(R"({"a": "\u0041\u00e9\u20AC"})") == Members{{"a", "A\u00e9\u20ac"}});
}

TEST_CASE("what is no object of strings is nothing", "[json]")
{
    for (const char* text : {"",
                             "{",
                             "}",
                             "[]",
                             "null",
                             "\"a\"",
                             R"({"a"})",
                             R"({"a":})",
                             R"({"a": 1})",
                             R"({"a": "b",})",
                             R"({"a": "b"} x)",
                             R"({"a": {"b": "c"}})",
                             R"({"a": "b)",
                             R"({"a": "\)",
                             R"({"a": "\x"})",
                             R"({"a": "\u12"})",
                             R"({"a": "\u12)",
                             R"({"a": "\ud800\udc00"})",
                             R"({"a": "\u+123"})",
                             "{\"a\": \"line\nline\"}",
                             R"({a: "b"})",
                             R"({"a": "b" "c": "d"})"}) {
        INFO(text);
        CHECK_FALSE(parse_flat_json(text));
    }
}

}  // namespace
}  // namespace pycore
