#include "heap_mutations.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>

namespace pycore::robustness {
namespace {

constexpr std::uint64_t word = sizeof(std::uint64_t);

bool is_heap(const CoreFile& core, const LoadSegment& segment)
{
    return segment.writable && segment.saved != 0 &&
           std::ranges::none_of(core.mapped_files(), [&](const MappedFile& mapped) {
               return mapped.range.contains(segment.range.low());
           });
}

void add_read(Heap& heap, const LoadSegment& segment, Address at, std::uint64_t size)
{
    const std::uint64_t into = at.value - segment.range.low().value;
    if (size != 0 && into < segment.saved) {
        heap.read.push_back(
            {.offset = segment.file_offset + into, .size = std::min(size, segment.saved - into)});
        heap.objects.push_back(at.value);
    }
}

template <typename T>
void drop_repeats(std::vector<T>& items)
{
    std::ranges::sort(items);
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

std::uint64_t any_byte(const std::vector<Target::Run>& runs, std::mt19937_64& random)
{
    std::uint64_t size = 0;
    for (const Target::Run& run : runs) {
        size += run.size;
    }
    std::uint64_t number = random() % size;
    for (const Target::Run& run : runs) {
        if (number < run.size) {
            return run.offset + number;
        }
        number -= run.size;
    }
    return runs.back().offset;
}

/// In a place that was read, whatever its size, or now and then any byte at all.
std::uint64_t choose_offset(const Heap& heap, std::mt19937_64& random)
{
    if (random() % 4 == 0) {
        return any_byte(heap.pages, random);
    }
    const Target::Run& run = heap.read[random() % heap.read.size()];
    return run.offset + random() % run.size;
}

std::uint64_t another_word(std::uint64_t old, const Heap& heap, std::mt19937_64& random)
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    constexpr std::array interesting{
        std::uint64_t{0},       std::uint64_t{1},       most,       most + 1, ~std::uint64_t{0},
        std::uint64_t{1} << 20, std::uint64_t{1} << 31, most / word};
    switch (random() % 4) {
    case 0: return interesting.at(random() % interesting.size());
    case 1: return old + random() % 64 - 32;
    default: return heap.objects[random() % heap.objects.size()];
    }
}

std::vector<std::byte> overwritten(std::span<const std::byte> old, std::mt19937_64& random)
{
    std::vector<std::byte> bytes(old.begin(), old.end());
    const bool cleared = random() % 2 == 0;
    for (std::byte& value : bytes) {
        value = cleared ? std::byte{0} : std::byte{static_cast<unsigned char>(random() >> 8)};
    }
    return bytes;
}

Case choose(std::span<const std::byte> file, const Heap& heap, std::mt19937_64& random)
{
    const std::uint64_t offset = choose_offset(heap, random);
    const std::uint64_t kind = random() % 16;
    Case broken{.kind = Case::Kind::corruption, .offset = offset, .bytes = {}, .target = "heap"};
    if (kind == 0) {
        constexpr std::uint64_t page = 4096;
        const std::uint64_t size = std::min(1 + random() % page, file.size() - offset);
        broken.bytes = overwritten(file.subspan(offset, size), random);
    } else if (kind < 8) {
        broken.bytes = {another_value(file[offset], random)};
    } else {
        // Segments start at pages of the file.
        broken.offset = offset / word * word;
        std::uint64_t value = 0;
        std::memcpy(&value, file.data() + broken.offset, sizeof value);
        value = another_word(value, heap, random);
        broken.bytes.resize(word);
        std::memcpy(broken.bytes.data(), &value, sizeof value);
    }
    return broken;
}

}  // namespace

Heap find_heap(const CoreFile& core, const Reads& reads)
{
    Heap heap;
    for (const LoadSegment& segment : core.segments()) {
        if (!is_heap(core, segment)) {
            continue;
        }
        heap.pages.push_back({.offset = segment.file_offset, .size = segment.saved});
        for (const auto& [label, places] : reads) {
            for (const auto& [at, size] : places) {
                if (segment.range.contains(at)) {
                    add_read(heap, segment, at, size);
                }
            }
        }
    }
    drop_repeats(heap.read);
    drop_repeats(heap.objects);
    return heap;
}

std::vector<Case> choose_heap_corruptions(std::span<const std::byte> file,
                                          const Heap& heap,
                                          std::uint64_t seed,
                                          std::size_t count)
{
    std::mt19937_64 random(seed);
    std::vector<Case> cases;
    while (!heap.read.empty() && cases.size() < count) {
        cases.push_back(choose(file, heap, random));
    }
    return cases;
}

}  // namespace pycore::robustness
