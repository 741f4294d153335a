#include "support/python_heap.hpp"

#include <span>

#include "objects/object.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t alignment = 16;
constexpr std::uint64_t gap = 64;
// Up to the last member of a heap type.
constexpr std::size_t type_bytes = 1024;

Address plus(Address at, std::uint64_t bytes)
{
    return Address{at.value + bytes};
}

}  // namespace

std::vector<const Layout*> every_layout()
{
    std::vector<const Layout*> layouts;
    for (const LayoutSet* set : all_layout_sets()) {
        for (const Layout& layout : set->layouts) {
            layouts.push_back(&layout);
        }
    }
    return layouts;
}

std::string name_of(const Layout& layout)
{
    return to_string(layout.since) + (layout.flavour.debug ? " debug" : "");
}

Address PythonHeap::allocate(std::size_t size)
{
    const Address at = next_;
    memory_.add_area(at, size);
    next_.value += (size + gap + alignment - 1) / alignment * alignment;
    return at;
}

Address PythonHeap::type(std::uint64_t flags)
{
    const Address at = allocate(type_bytes);
    set(at, layout_.type.flags, flags);
    return at;
}

Address PythonHeap::type_of(std::uint64_t flags)
{
    const auto known = types_.find(flags);
    return known != types_.end() ? known->second : types_.emplace(flags, type(flags)).first->second;
}

Address PythonHeap::object(std::uint64_t type_flags, std::size_t size)
{
    const Address at = allocate(size);
    set(at, layout_.object.type, type_of(type_flags));
    return at;
}

void PythonHeap::write_characters(Address at, const std::u32string& characters, std::uint32_t width)
{
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char32_t character = characters[i];
        memory_.write_bytes(plus(at, i * width),
                            std::as_bytes(std::span(&character, 1)).first(width));
    }
}

std::uint32_t PythonHeap::text_state(const TextShape& shape) const
{
    const TextLayout& text = layout_.text;
    std::uint32_t state = shape.width << text.kind_shift;
    state |= (shape.compact ? 1U : 0U) << text.compact_bit;
    state |= (shape.ascii ? 1U : 0U) << text.ascii_bit;
    return text.ready_bit < 32 ? state | 1U << text.ready_bit : state;
}

Address PythonHeap::text(std::string_view ascii)
{
    return text(std::u32string(ascii.begin(), ascii.end()), {.width = 1, .ascii = true});
}

Address PythonHeap::text(const std::u32string& characters, const TextShape& shape)
{
    const TextLayout& text = layout_.text;
    const std::size_t size = characters.size() * shape.width;
    const std::uint32_t header = shape.ascii && shape.compact ? text.ascii_data : text.compact_data;
    const Address at = object(type_flag::text, header + (shape.compact ? size : sizeof(Address)));
    set(at, text.length, static_cast<std::int64_t>(characters.size()));
    set(at, text.state, text_state(shape));
    if (shape.compact) {
        write_characters(plus(at, header), characters, shape.width);
    } else {
        const Address data = allocate(size);
        set(at, text.data, data);
        write_characters(data, characters, shape.width);
    }
    return at;
}

Address PythonHeap::legacy_text(const std::u32string& characters)
{
    const TextLayout& text = layout_.text;
    const Address at = object(type_flag::text, text.compact_data + sizeof(Address));
    const Address data = allocate(characters.size() * 4);
    set(at, text.wide, data);
    set(at, text.wide_length, static_cast<std::int64_t>(characters.size()));
    write_characters(data, characters, 4);
    return at;
}

Address PythonHeap::bytes(std::string_view content)
{
    const Address at = object(type_flag::bytes, layout_.bytes.data.offset + content.size());
    set(at, layout_.bytes.size, static_cast<std::int64_t>(content.size()));
    memory_.write_bytes(plus(at, layout_.bytes.data.offset), std::as_bytes(std::span(content)));
    return at;
}

Address PythonHeap::integer(std::uint64_t value, bool negative)
{
    constexpr unsigned digit_bits = 30;
    std::vector<std::uint32_t> digits;
    for (std::uint64_t rest = value; rest != 0; rest >>= digit_bits) {
        digits.push_back(static_cast<std::uint32_t>(rest & ((1U << digit_bits) - 1)));
    }
    const IntegerLayout& integer = layout_.integer;
    const Address at = object(type_flag::integer, integer.digits.offset + digits.size() * 4);
    const auto count = static_cast<std::int64_t>(digits.size());
    if (integer.tag.exists()) {
        const std::uint64_t sign = negative ? 2 : (value == 0 ? 1 : 0);
        set(at, integer.tag, digits.size() << 3 | sign);
    } else {
        set(at, integer.signed_size, negative ? -count : count);
    }
    memory_.write_bytes(plus(at, integer.digits.offset), std::as_bytes(std::span(digits)));
    return at;
}

}  // namespace pycore::test
