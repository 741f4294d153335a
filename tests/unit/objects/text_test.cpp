#include "objects/text.hpp"

#include <limits>

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

Result<std::string> read(PythonHeap& heap, const Layout& layout, Address at)
{
    return read_text(heap.memory(), layout, at, Limits{});
}

TEST_CASE("an ASCII str is read as it is", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read(heap, layout, heap.text("hello")).value() == "hello");
    CHECK(read(heap, layout, heap.text("")).value().empty());
}

TEST_CASE("a str of each width becomes UTF-8", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read(heap, layout, heap.text(U"na\u00EFve", {.width = 1})).value() == "na\u00EFve");
    CHECK(read(heap, layout, heap.text(U"\u0416\u4E2D", {.width = 2})).value() == "\u0416\u4E2D");
    CHECK(read(heap, layout, heap.text(U"\U0001F40D!", {.width = 4})).value() == "\U0001F40D!");
}

TEST_CASE("a str of a subclass has its characters elsewhere", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address ascii = heap.text(U"Name", {.width = 1, .ascii = true, .compact = false});
    const Address wide = heap.text(U"\u4E2D", {.width = 2, .compact = false});

    CHECK(read(heap, layout, ascii).value() == "Name");
    CHECK(read(heap, layout, wide).value() == "\u4E2D");
}

TEST_CASE("a str of 3.11 that was never made ready is read from its wchar_t", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    if (layout.text.ready_bit >= 32) {
        return;  // every str of this version is ready
    }
    PythonHeap heap(layout);

    CHECK(read(heap, layout, heap.legacy_text(U"old \u4E2D")).value() == "old \u4E2D");
}

TEST_CASE("what UTF-8 cannot hold becomes visible text", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const std::u32string surrogates{0xD800, U'x', 0xDFFF};
    const std::u32string too_high{0x10'FFFF, 0x11'0000, 0xFFFF'FFFF};

    CHECK(read(heap, layout, heap.text(surrogates, {.width = 2})).value() == "\\ud800x\\udfff");
    CHECK(read(heap, layout, heap.text(too_high, {.width = 4})).value() ==
          "\U0010FFFF\\U00110000\\Uffffffff");
}

TEST_CASE("each code point takes as many bytes as UTF-8 says", "[objects]")
{
    const auto encoded = [](std::uint32_t code_point) {
        std::string out;
        append_code_point(out, code_point);
        return out;
    };

    CHECK(encoded(0x7F) == "\x7F");
    CHECK(encoded(0x80) == "\xC2\x80");
    CHECK(encoded(0x7FF) == "\xDF\xBF");
    CHECK(encoded(0x800) == "\xE0\xA0\x80");
    CHECK(encoded(0xD7FF) == "\xED\x9F\xBF");
    CHECK(encoded(0xE000) == "\xEE\x80\x80");
    CHECK(encoded(0xFFFF) == "\xEF\xBF\xBF");
    CHECK(encoded(0x1'0000) == "\xF0\x90\x80\x80");
}

TEST_CASE("a str longer than the limit is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    Limits limits;
    limits.max_text_bytes = 4;
    const Address narrow = heap.text("12345");
    const Address wide = heap.text(U"\u4E2D\u4E2D\u4E2D", {.width = 2});

    CHECK(read_text(heap.memory(), layout, heap.text("1234"), limits).value() == "1234");
    CHECK(read_text(heap.memory(), layout, narrow, limits).fault() ==
          Fault{FaultCode::limit_reached, narrow.value, "str object"});
    CHECK(read_text(heap.memory(), layout, wide, limits).fault().code == FaultCode::limit_reached);
}

TEST_CASE("a str whose length cannot be one is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address negative = heap.text("text");
    heap.set(negative, layout.text.length, std::int64_t{-1});
    const Address huge = heap.text("text");
    heap.set(huge, layout.text.length, std::numeric_limits<std::int64_t>::max());

    CHECK(read(heap, layout, negative).fault().code == FaultCode::bad_format);
    CHECK(read(heap, layout, huge).fault().code == FaultCode::limit_reached);
}

TEST_CASE("a str of an unknown width is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read(heap, layout, heap.text(U"", {.width = 3})).fault().code == FaultCode::bad_format);
    CHECK(read(heap, layout, heap.text(U"", {.width = 0})).fault().code == FaultCode::bad_format);
}

TEST_CASE("an object of another type is no str", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address bytes = heap.bytes("text");

    CHECK(read(heap, layout, bytes).fault() ==
          Fault{FaultCode::bad_format, bytes.value, "str object"});
    CHECK(read(heap, layout, Address{8}).fault().code == FaultCode::unmapped);
}

TEST_CASE("a str whose end is not there is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address text = heap.text("text");
    heap.set(text, layout.text.length, std::int64_t{5});

    CHECK(read(heap, layout, text).fault().code == FaultCode::unmapped);
}

TEST_CASE("a str equals a name only when all of it is the same", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address name = heap.text("_active");

    CHECK(text_equals(heap.memory(), layout, name, "_active"));
    CHECK_FALSE(text_equals(heap.memory(), layout, name, "_activ"));
    CHECK_FALSE(text_equals(heap.memory(), layout, name, "_Active"));
    CHECK_FALSE(text_equals(heap.memory(), layout, heap.bytes("_active"), "_active"));
    CHECK_FALSE(text_equals(heap.memory(), layout, Address{8}, "_active"));
}

}  // namespace
}  // namespace pycore::test
