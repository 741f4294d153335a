#include "python/scan_runtime.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace pycore {
namespace {

constexpr std::size_t word_bytes = 8;
constexpr std::size_t block_bytes = 64 * 1024;
// The data of an ordinary libpython holds some hundred; a hostile core can be full of them.
constexpr std::size_t max_candidates = 1'000'000;

/// Where a version without `_Py_DebugOffsets` shows itself.
struct Shape {
    std::uint64_t main_offset = 0;  ///< of `interpreters.main`
    std::uint64_t back_offset = 0;  ///< of `runtime` in the interpreter state
    std::uint64_t size = 0;         ///< largest `_PyRuntime` of any flavour
};

std::vector<Shape> shapes_of(std::span<const LayoutSet* const> sets)
{
    std::vector<Shape> shapes;
    for (const LayoutSet* set : sets) {
        if (set->refine != nullptr || set->layouts.empty()) {
            continue;
        }
        const Layout& first = set->layouts.front();
        Shape shape{.main_offset = first.runtime.interpreters_main.offset,
                    .back_offset = first.interpreter.runtime.offset};
        for (const Layout& layout : set->layouts) {
            shape.size = std::max<std::uint64_t>(shape.size, layout.runtime.size);
        }
        shapes.push_back(shape);
    }
    return shapes;
}

std::uint64_t word_at(std::span<const std::byte> bytes, std::size_t offset)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + offset, word_bytes);
    return word;
}

/// Looks at memory block by block.
class Scanner {
public:
    Scanner(const AddressSpace& memory, std::span<const LayoutSet* const> sets)
        : memory_(memory), shapes_(shapes_of(sets))
    {
    }

    void scan_block(std::span<const std::byte> bytes, Address start)
    {
        for (std::size_t offset = 0; offset + word_bytes <= bytes.size(); offset += word_bytes) {
            const std::uint64_t word = word_at(bytes, offset);
            const std::uint64_t at = start.value + offset;
            if (word == debug_offsets_cookie) {
                candidates_.push_back(Address{at});
            }
            for (const Shape& shape : shapes_) {
                check_shape(shape, at, word);
            }
            if (full()) {
                return;
            }
        }
    }

    [[nodiscard]] bool full() const
    {
        return candidates_.size() >= max_candidates || looked_at_ >= max_candidates;
    }
    [[nodiscard]] std::vector<Address> take() { return std::move(candidates_); }

private:
    /// `word` at `at` may be `interpreters.main`, which lies inside the runtime that holds it, and
    /// whose own pointer leads back to that runtime.
    void check_shape(const Shape& shape, std::uint64_t at, std::uint64_t word)
    {
        const std::uint64_t runtime = at - shape.main_offset;
        if (word <= at || word - runtime >= shape.size || word % word_bytes != 0) {
            return;
        }
        ++looked_at_;
        const auto back = memory_.read<std::uint64_t>(Address{word + shape.back_offset}, "runtime");
        if (back && *back == runtime) {
            candidates_.push_back(Address{runtime});
        }
    }

    const AddressSpace& memory_;
    std::vector<Shape> shapes_;
    std::vector<Address> candidates_;
    std::size_t looked_at_ = 0;
};

}  // namespace

std::vector<Address> scan_for_runtime(const AddressSpace& memory,
                                      AddressRange range,
                                      std::span<const LayoutSet* const> sets,
                                      std::uint64_t& bytes_left)
{
    Scanner scanner(memory, sets);
    std::vector<std::byte> block(block_bytes);
    std::uint64_t at = (range.low().value + word_bytes - 1) / word_bytes * word_bytes;
    while (at < range.high().value && bytes_left > 0 && !scanner.full()) {
        const std::uint64_t size =
            std::min({std::uint64_t{block_bytes}, range.high().value - at, bytes_left});
        const auto part = std::span(block).first(static_cast<std::size_t>(size));
        // A page that was not saved hides what is on it, not what follows.
        if (memory.read_bytes(Address{at}, part, "writable data")) {
            scanner.scan_block(part, Address{at});
        }
        at += size;
        bytes_left -= size;
    }
    return scanner.take();
}

}  // namespace pycore
