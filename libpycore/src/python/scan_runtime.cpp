#include "python/scan_runtime.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace pycore {
namespace {

constexpr std::size_t word_bytes = 8;
constexpr std::size_t block_bytes = 0x1'0000;
constexpr std::size_t page_bytes = 4096;
// What a closer look costs, counted as memory searched. The data of an ordinary libpython has some
// hundred words worth one; a hostile core can be full of them.
constexpr std::uint64_t look_bytes = 1024;

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
    Scanner(const AddressSpace& memory, std::span<const LayoutSet* const> sets, Budget& budget)
        : memory_(memory), shapes_(shapes_of(sets)), budget_(budget)
    {
    }

    void scan_words(std::span<const std::byte> bytes, Address start)
    {
        for (std::size_t offset = 0; offset + word_bytes <= bytes.size(); offset += word_bytes) {
            const std::uint64_t word = word_at(bytes, offset);
            const std::uint64_t at = start.value + offset;
            if (word == debug_offsets_cookie) {
                spend(look_bytes);
                candidates_.push_back(Address{at});
            }
            for (const Shape& shape : shapes_) {
                check_shape(shape, at, word);
            }
            if (done()) {
                return;
            }
        }
    }

    void spend(std::uint64_t bytes) { budget_.scan_bytes -= std::min(bytes, budget_.scan_bytes); }
    [[nodiscard]] bool done() const { return budget_.scan_bytes == 0; }
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
        spend(look_bytes);
        const auto back = memory_.read<std::uint64_t>(Address{word + shape.back_offset}, "runtime");
        if (back && *back == runtime) {
            candidates_.push_back(Address{runtime});
        }
    }

    const AddressSpace& memory_;
    std::vector<Shape> shapes_;
    std::vector<Address> candidates_;
    Budget& budget_;
};

/// A page that was not saved hides what is on it, not what is around it.
void scan_block(const AddressSpace& memory,
                Address at,
                std::span<std::byte> block,
                Scanner& scanner)
{
    if (memory.read_bytes(at, block, "writable data")) {
        scanner.scan_words(block, at);
        return;
    }
    while (!block.empty()) {
        const std::size_t left_on_page = page_bytes - at.value % page_bytes;
        const auto page = block.first(std::min(left_on_page, block.size()));
        if (memory.read_bytes(at, page, "writable data")) {
            scanner.scan_words(page, at);
        }
        at.value += page.size();
        block = block.subspan(page.size());
    }
}

}  // namespace

std::vector<Address> scan_for_runtime(const AddressSpace& memory,
                                      AddressRange range,
                                      std::span<const LayoutSet* const> sets,
                                      Budget& budget)
{
    Scanner scanner(memory, sets, budget);
    std::vector<std::byte> block(block_bytes);
    std::uint64_t at = (range.low().value + word_bytes - 1) / word_bytes * word_bytes;
    while (at < range.high().value && !scanner.done() && !budget.deadline.passed()) {
        const std::uint64_t size =
            std::min({std::uint64_t{block_bytes}, range.high().value - at, budget.scan_bytes});
        const auto part = std::span(block).first(static_cast<std::size_t>(size));
        scan_block(memory, Address{at}, part, scanner);
        scanner.spend(size);
        at += size;
    }
    return scanner.take();
}

}  // namespace pycore
