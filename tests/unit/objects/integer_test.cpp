#include "objects/integer.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

TEST_CASE("an int of up to 64 bits is read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    const std::uint64_t value = GENERATE(as<std::uint64_t>{}, 0, 1, (1U << 30) - 1, 1U << 30,
                                         0x030D'05F0, 0x7FFF'F7AB'C000, UINT64_MAX);
    PythonHeap heap(layout);

    CHECK(read_unsigned(heap.memory(), layout, heap.integer(value)).value() == value);
}

TEST_CASE("a negative int is none that is looked for", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read_unsigned(heap.memory(), layout, heap.integer(5, true)).fault().code ==
          FaultCode::bad_format);
}

// An int of this many digits, the last of them `last`.
Address long_integer(PythonHeap& heap,
                     const Layout& layout,
                     std::uint64_t digits,
                     std::uint32_t last)
{
    const Address at = heap.integer(UINT64_MAX);
    heap.set(at, Field<std::uint32_t>{layout.integer.digits.offset + 8}, last);
    if (layout.integer.tag.exists()) {
        heap.set(at, layout.integer.tag, digits << 3);
    } else {
        heap.set(at, layout.integer.signed_size, static_cast<std::int64_t>(digits));
    }
    return at;
}

TEST_CASE("an int of more than 64 bits is refused", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const auto code = [&](Address at) {
        return read_unsigned(heap.memory(), layout, at).fault().code;
    };

    CHECK(code(long_integer(heap, layout, 3, 16)) == FaultCode::limit_reached);
    CHECK(code(long_integer(heap, layout, 4, 1)) == FaultCode::limit_reached);
    CHECK(code(long_integer(heap, layout, std::uint64_t{1} << 60, 1)) == FaultCode::limit_reached);
}

TEST_CASE("a digit of more than 30 bits is none of CPython's", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.integer(7);
    heap.set(at, layout.integer.digits, std::uint32_t{1} << 30);

    CHECK_FALSE(read_unsigned(heap.memory(), layout, at));
}

TEST_CASE("an object of another type is no int", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(read_unsigned(heap.memory(), layout, heap.text("7")).fault().code ==
          FaultCode::bad_format);
}

}  // namespace
}  // namespace pycore::test
