#include "report/json_writer.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <sstream>

#include "support/catch.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

TEST_CASE("blocks are indented and lines are not", "[json]")
{
    std::ostringstream out;
    JsonWriter writer(&out);
    writer.open_object(Shape::block);
    writer.member("a", 1);
    writer.key("b");
    writer.open_array(Shape::block);
    writer.open_object(Shape::line);
    writer.member("c", true);
    writer.member("d", std::optional<int>{});
    writer.close_object();
    writer.close_array();
    writer.key("e");
    writer.open_array(Shape::block);
    writer.close_array();
    writer.close_object();
    writer.finish();

    CHECK(out.str() ==
          "{\n"
          "  \"a\": 1,\n"
          "  \"b\": [\n"
          "    {\"c\": true, \"d\": null}\n"
          "  ],\n"
          "  \"e\": []\n"
          "}\n");
}

TEST_CASE("a writer without a stream counts what it would have written", "[json]")
{
    std::ostringstream out;
    JsonWriter writer(&out);
    JsonWriter counter(nullptr);
    for (JsonWriter* each : {&writer, &counter}) {
        each->open_array(Shape::block);
        for (int i = 0; i < 30'000; ++i) {
            each->text("some text that fills the buffer more than once");
        }
        each->close_array();
        each->finish();
    }
    CHECK(counter.size() == out.str().size());
    CHECK(nlohmann::json::parse(out.str()).size() == 30'000);
}

TEST_CASE("64-bit numbers keep all their bits", "[json]")
{
    std::ostringstream out;
    JsonWriter writer(&out);
    writer.open_array(Shape::line);
    writer.number(UINT64_MAX);
    writer.number(INT64_MIN);
    writer.address(UINT64_MAX);
    writer.address(0);
    writer.close_array();
    writer.finish();
    CHECK(out.str() ==
          "[18446744073709551615, -9223372036854775808, \"0xffffffffffffffff\", \"0x0\"]\n");
}

TEST_CASE("JSON strings read back as the text that went in", "[json]")
{
    for (const char* text : {"", "plain", "a \"quoted\" \\ word", "line\nand\ttab",
                             "\xC3\xA9\xF0\x9F\x90\x8D", "\x1b[31m", "\xE2\x80\xAE turned", "\x7f",
                             "\xC2\x9B"
                             "31m"}) {
        CHECK(nlohmann::json::parse(json_text(text)).get<std::string>() == text);
    }
}

TEST_CASE("JSON strings hold no byte that a terminal would obey", "[json]")
{
    CHECK(json_text("\x1b[31m") == "\"\\u001b[31m\"");
    CHECK(json_text("\x7f") == "\"\\u007f\"");
    CHECK(json_text("\xC2\x9B"
                    "31m") == "\"\\u009b31m\"");
    CHECK(json_text("\xE2\x80\xAE") == "\"\\u202e\"");
    CHECK(json_text("\xC3\xA9") == "\"\xC3\xA9\"");
}

TEST_CASE("JSON strings hold no line separator, and no number is none of JSON's", "[json]")
{
    CHECK(json_text("a\xE2\x80\xA8"
                    "b\xE2\x80\xA9") == "\"a\\u2028b\\u2029\"");
    std::ostringstream out;
    JsonWriter writer(&out);
    writer.open_array(Shape::line);
    for (const double value :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity(), 0.5}) {
        writer.fraction(value);
    }
    writer.close_array();
    writer.finish();
    CHECK(out.str() == "[null, null, null, 0.5]\n");
}

TEST_CASE("bytes that are no UTF-8 are visible in JSON", "[json]")
{
    CHECK(nlohmann::json::parse(json_text("/tmp/\xFF.py")).get<std::string>() == "/tmp/\\xff.py");
}

}  // namespace
}  // namespace pycore
