#include "crash/memory_map.hpp"

#include <algorithm>

#include "pycore/text.hpp"

namespace pycore {
namespace {

Address low_of(const LoadSegment& load)
{
    return load.range.low();
}

Address low_of_file(const MappedFile* file)
{
    return file->range.low();
}

}  // namespace

MemoryMap::MemoryMap(const CoreFile& core) : core_(core)
{
    files_.reserve(core.mapped_files().size());
    for (const MappedFile& file : core.mapped_files()) {
        files_.push_back(&file);
    }
    std::ranges::stable_sort(files_, {}, low_of_file);
    stacks_.reserve(core.threads().size());
    for (const ThreadRegisters& thread : core.threads()) {
        stacks_.push_back({.tid = thread.tid, .sp = thread.sp, .home = home_of(thread.sp)});
    }
}

void MemoryMap::set_stack(std::int32_t tid, Address sp)
{
    std::erase_if(stacks_, [tid](const Stack& stack) { return stack.tid == tid; });
    stacks_.push_back({.tid = tid, .sp = sp, .home = home_of(sp)});
}

std::optional<MappedRegion> MemoryMap::find_region(Address at) const
{
    auto region = region_without_stack(at);
    if (region) {
        region->stack_of = stack_of(region->range, at);
    }
    return region;
}

std::optional<MappedRegion> MemoryMap::find_region_above(Address at, std::uint64_t within) const
{
    const auto here = region_without_stack(at);
    const auto start = first_start(here ? here->range.high() : at);
    if (!start || start->value - at.value > within) {
        return std::nullopt;
    }
    return find_region(*start);
}

const LoadSegment* MemoryMap::load_at(Address at) const
{
    const auto after = std::ranges::upper_bound(core_.segments(), at, {}, low_of);
    const bool found = after != core_.segments().begin() && std::prev(after)->range.contains(at);
    return found ? &*std::prev(after) : nullptr;
}

const MappedFile* MemoryMap::file_at(Address at) const
{
    const auto after = std::ranges::upper_bound(files_, at, {}, low_of_file);
    const bool found = after != files_.begin() && (*std::prev(after))->range.contains(at);
    return found ? *std::prev(after) : nullptr;
}

/// Where the first region starts from `from` on.
std::optional<Address> MemoryMap::first_start(Address from) const
{
    std::optional<Address> start;
    const auto load = std::ranges::lower_bound(core_.segments(), from, {}, low_of);
    if (load != core_.segments().end()) {
        start = load->range.low();
    }
    const auto file = std::ranges::lower_bound(files_, from, {}, low_of_file);
    if (file != files_.end()) {
        start = std::min(start.value_or((*file)->range.low()), (*file)->range.low());
    }
    return start;
}

std::optional<MappedRegion> MemoryMap::region_without_stack(Address at) const
{
    const LoadSegment* const load = load_at(at);
    const MappedFile* const file = file_at(at);
    if (load == nullptr && file == nullptr) {
        return std::nullopt;
    }
    MappedRegion region{.file = file != nullptr ? to_valid_utf8(file->path) : std::string()};
    if (load == nullptr) {
        // A debugger's core leaves out what is as in the file, and with that its permissions.
        region.range = outside_loads(file->range, at);
        return region;
    }
    region.range = load->range;
    region.permissions_known = true;
    region.readable = load->readable;
    region.writable = load->writable;
    region.executable = load->executable;
    return region;
}

/// The part of `range` around `at` that no segment has.
AddressRange MemoryMap::outside_loads(const AddressRange& range, Address at) const
{
    const auto after = std::ranges::upper_bound(core_.segments(), at, {}, low_of);
    Address low = range.low();
    Address high = range.high();
    if (after != core_.segments().begin()) {
        low = std::max(low, std::prev(after)->range.high());
    }
    if (after != core_.segments().end()) {
        high = std::min(high, after->range.low());
    }
    return AddressRange::make(low, high.value - low.value).value_or(range);
}

/// Where the region starts that holds the stack with this sp. After an overflow the sp is below it,
/// in a guard page or where nothing is.
std::optional<Address> MemoryMap::home_of(Address sp) const
{
    constexpr int most_guards = 4;
    auto region = region_without_stack(sp);
    for (int guard = 0; guard < most_guards && !(region && region->writable); ++guard) {
        const auto start = first_start(region ? region->range.high() : sp);
        if (!start || start->value - sp.value > most_overflow) {
            return std::nullopt;
        }
        region = region_without_stack(*start);
    }
    const bool is_stack = region && region->writable && region->file.empty();
    return is_stack ? std::optional(region->range.low()) : std::nullopt;
}

/// Of several stacks in one region the one whose sp is nearest below `at`, or else above it.
std::optional<std::int32_t> MemoryMap::stack_of(const AddressRange& region, Address at) const
{
    const Stack* below = nullptr;
    const Stack* above = nullptr;
    for (const Stack& stack : stacks_) {
        if (stack.home != region.low()) {
            continue;
        }
        if (stack.sp <= at) {
            below = below == nullptr || below->sp < stack.sp ? &stack : below;
        } else {
            above = above == nullptr || stack.sp < above->sp ? &stack : above;
        }
    }
    const Stack* const nearest = below != nullptr ? below : above;
    return nearest != nullptr ? std::optional(nearest->tid) : std::nullopt;
}

}  // namespace pycore
