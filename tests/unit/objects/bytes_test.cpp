#include "objects/bytes.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

std::string as_text(const std::vector<std::byte>& bytes)
{
    std::string text;
    for (const std::byte byte : bytes) {
        text.push_back(std::to_integer<char>(byte));
    }
    return text;
}

TEST_CASE("a bytes object is read whole, with its zeros", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const std::string content("a\0b\xFF", 4);

    const auto bytes = read_bytes_object(heap.memory(), layout, heap.bytes(content), 4);

    CHECK(as_text(bytes.value()) == content);
}

TEST_CASE("a bytes object longer than the limit is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    const auto bytes = read_bytes_object(heap.memory(), layout, heap.bytes("12345"), 4);

    CHECK(bytes.fault().code == FaultCode::limit_reached);
}

TEST_CASE("a bytes object of negative size is not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.bytes("1234");
    heap.set(at, layout.bytes.size, std::int64_t{-1});

    CHECK(read_bytes_object(heap.memory(), layout, at, 100).fault().code == FaultCode::bad_format);
}

TEST_CASE("an object of another type is no bytes object", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read_bytes_object(heap.memory(), layout, heap.text("1234"), 100).fault().code ==
          FaultCode::bad_format);
}

}  // namespace
}  // namespace pycore::test
