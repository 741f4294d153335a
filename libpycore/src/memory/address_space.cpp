#include "pycore/address_space.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "elf/input_file.hpp"

namespace pycore {
namespace {

/// The part [from, to) of `whole`, counted from its start.
Segment part_of(const Segment& whole, std::uint64_t from, std::uint64_t to)
{
    Segment part = whole;
    part.range = AddressRange::make(Address{whole.range.low().value + from}, to - from)
                     .value_or(AddressRange{});
    part.file_offset = part.file ? whole.file_offset + from : 0;
    return part;
}

/// gdb's gcore leaves out what it need not save, and only NT_FILE tells that it was mapped. With
/// which permissions nobody tells.
void add_mapped_files(std::span<const MappedFile> files, std::vector<Segment>& segments)
{
    std::vector<AddressRange> ranges;
    for (const MappedFile& file : files) {
        ranges.push_back(file.range);
    }
    std::sort(ranges.begin(), ranges.end(),
              [](const AddressRange& a, const AddressRange& b) { return a.low() < b.low(); });
    std::vector<Segment> added;
    auto next = segments.begin();
    Address done;
    const auto add = [&added](Address low, Address high) {
        if (low < high) {
            const auto range = AddressRange::make(low, high.value - low.value);
            added.push_back({.range = range.value_or(AddressRange{})});
        }
    };
    for (const AddressRange& range : ranges) {
        done = std::max(done, range.low());
        while (next != segments.end() && next->range.low() < range.high()) {
            add(done, next->range.low());
            done = std::max(done, next->range.high());
            ++next;
        }
        add(done, range.high());
        done = std::max(done, range.high());
    }
    segments.insert(segments.end(), added.begin(), added.end());
    std::sort(segments.begin(), segments.end(),
              [](const Segment& a, const Segment& b) { return a.range.low() < b.range.low(); });
}

bool can_be_filled(const Segment& segment)
{
    // What could be written may differ from the file.
    return !segment.file && !segment.writable;
}

}  // namespace

AddressSpace::AddressSpace(const CoreFile& core)
{
    segments_.reserve(core.segments().size() * 2);
    for (const LoadSegment& load : core.segments()) {
        const Segment whole{.range = load.range,
                            .file_offset = load.file_offset,
                            .readable = load.readable,
                            .writable = load.writable,
                            .executable = load.executable};
        const auto add = [&](std::uint64_t from, std::uint64_t to, Origin origin) {
            if (from < to) {
                segments_.push_back(part_of(whole, from, to));
                segments_.back().origin = origin;
            }
        };
        add(0, load.saved, Origin::core);
        if (load.saved > 0) {
            segments_.back().file = core.input();
            segments_.back().file_offset = load.file_offset;
        }
        add(load.saved, load.promised, Origin::cut_off);
        add(load.promised, load.range.size(), Origin::not_saved);
    }
    add_mapped_files(core.mapped_files(), segments_);
}

const Segment* AddressSpace::find(Address at) const noexcept
{
    // Neighbours are read in a row far more often than not.
    if (last_found_ < segments_.size() && segments_[last_found_].range.contains(at)) {
        return &segments_[last_found_];
    }
    const auto after = std::upper_bound(
        segments_.begin(), segments_.end(), at,
        [](Address low, const Segment& segment) { return low < segment.range.low(); });
    if (after == segments_.begin() || !std::prev(after)->range.contains(at)) {
        return nullptr;
    }
    last_found_ = static_cast<std::size_t>(std::prev(after) - segments_.begin());
    return &segments_[last_found_];
}

Result<std::size_t> AddressSpace::read_some(Address at, std::span<std::byte> out, Label what) const
{
    const Segment* const segment = find(at);
    if (segment == nullptr) {
        return Fault{FaultCode::unmapped, at.value, what};
    }
    if (!segment->file) {
        const bool cut_off = segment->origin == Origin::cut_off;
        return Fault{cut_off ? FaultCode::truncated : FaultCode::not_saved, at.value, what};
    }
    const std::uint64_t skipped = at.value - segment->range.low().value;
    const std::uint64_t left = segment->range.size() - skipped;
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left));
    auto done = segment->file->read_some(segment->file_offset + skipped, out.first(count), what);
    if (!done) {
        return Fault{done.fault().code, at.value, what};
    }
    return done;
}

void AddressSpace::fill(AddressRange range,
                        std::uint64_t file_offset,
                        const std::shared_ptr<const InputFile>& file)
{
    // What lies past the file's end stays as it was.
    if (!file || file_offset >= file->size()) {
        return;
    }
    const std::uint64_t size = std::min(range.size(), file->size() - file_offset);
    const Address low = range.low();
    const Address high{low.value + size};

    const auto first =
        std::partition_point(segments_.begin(), segments_.end(),
                             [low](const Segment& segment) { return segment.range.high() <= low; });
    const auto last = std::partition_point(first, segments_.end(), [high](const Segment& segment) {
        return segment.range.low() < high;
    });
    std::vector<Segment> pieces;
    for (auto it = first; it != last; ++it) {
        if (!can_be_filled(*it)) {
            pieces.push_back(*it);
            continue;
        }
        const Address start = it->range.low();
        const std::uint64_t from = std::max(low, start).value - start.value;
        const std::uint64_t to = std::min(high, it->range.high()).value - start.value;
        if (from > 0) {
            pieces.push_back(part_of(*it, 0, from));
        }
        pieces.push_back(part_of(*it, from, to));
        pieces.back().origin = Origin::file;
        pieces.back().file = file;
        pieces.back().file_offset = file_offset + (start.value + from - low.value);
        if (to < it->range.size()) {
            pieces.push_back(part_of(*it, to, it->range.size()));
        }
    }
    replace(first - segments_.begin(), last - segments_.begin(), std::move(pieces));
}

void AddressSpace::replace(std::ptrdiff_t first, std::ptrdiff_t last, std::vector<Segment> pieces)
{
    // Mostly as many as before: a kernel writes each mapping as its own segment.
    const auto common = std::min<std::ptrdiff_t>(last - first, std::ssize(pieces));
    std::move(pieces.begin(), pieces.begin() + common, segments_.begin() + first);
    segments_.insert(segments_.begin() + first + common,
                     std::make_move_iterator(pieces.begin() + common),
                     std::make_move_iterator(pieces.end()));
}

}  // namespace pycore
