#include "elf/load_segments.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace pycore {
namespace {

bool is_sorted_and_disjoint(const std::vector<LoadSegment>& segments)
{
    return std::adjacent_find(segments.begin(), segments.end(),
                              [](const LoadSegment& a, const LoadSegment& b) {
                                  return b.range.low() < a.range.high();
                              }) == segments.end();
}

/// The part of `segment` in [low, high), which lies inside it.
LoadSegment part_of(const LoadSegment& segment, Address low, Address high)
{
    const std::uint64_t skipped = low.value - segment.range.low().value;
    const std::uint64_t size = high.value - low.value;
    LoadSegment part = segment;
    part.range = AddressRange::make(low, size).value_or(AddressRange{});
    part.promised = std::min(segment.promised - std::min(segment.promised, skipped), size);
    part.saved = std::min(segment.saved - std::min(segment.saved, skipped), size);
    // Wraps only for a part that the file does not hold, where the offset means nothing.
    part.file_offset = segment.file_offset + skipped;
    return part;
}

/// Every address where some segment begins or ends.
std::vector<Address> edges_of(const std::vector<LoadSegment>& segments)
{
    std::vector<Address> edges;
    edges.reserve(segments.size() * 2);
    for (const LoadSegment& segment : segments) {
        edges.push_back(segment.range.low());
        edges.push_back(segment.range.high());
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

struct Run {
    std::size_t segment;
    Address low;
    Address high;
};

/// Goes through the edges upwards and keeps the segments open there in a heap, first in the file
/// on top.
std::vector<Run> sweep(const std::vector<LoadSegment>& segments)
{
    std::vector<std::size_t> by_start(segments.size());
    for (std::size_t index = 0; index < by_start.size(); ++index) {
        by_start[index] = index;
    }
    std::stable_sort(by_start.begin(), by_start.end(), [&](std::size_t a, std::size_t b) {
        return segments[a].range.low() < segments[b].range.low();
    });

    std::vector<Run> runs;
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> open;
    auto next = by_start.begin();
    const std::vector<Address> edges = edges_of(segments);
    for (std::size_t edge = 0; edge + 1 < edges.size(); ++edge) {
        for (; next != by_start.end() && segments[*next].range.low() == edges[edge]; ++next) {
            open.push(*next);
        }
        while (!open.empty() && segments[open.top()].range.high() <= edges[edge]) {
            open.pop();
        }
        if (open.empty()) {
            continue;
        }
        if (!runs.empty() && runs.back().segment == open.top() && runs.back().high == edges[edge]) {
            runs.back().high = edges[edge + 1];
        } else {
            runs.push_back({.segment = open.top(), .low = edges[edge], .high = edges[edge + 1]});
        }
    }
    return runs;
}

}  // namespace

std::vector<LoadSegment> make_disjoint(std::vector<LoadSegment> segments)
{
    std::erase_if(segments, [](const LoadSegment& segment) { return segment.range.empty(); });
    // What kernels write already is: the rest of this file is for cores that are not theirs.
    if (is_sorted_and_disjoint(segments)) {
        return segments;
    }
    std::vector<LoadSegment> parts;
    for (const Run& run : sweep(segments)) {
        parts.push_back(part_of(segments[run.segment], run.low, run.high));
    }
    return parts;
}

}  // namespace pycore
