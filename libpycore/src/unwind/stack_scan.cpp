#include "unwind/stack_scan.hpp"

#include <algorithm>
#include <array>

#include "unwind/call_site.hpp"
#include "unwind/cfi_index.hpp"
#include "unwind/signal_frame.hpp"

namespace pycore {
namespace {

constexpr Label what = "stack";
constexpr std::uint64_t word = 8;
constexpr std::uint64_t farthest_slot = 64 << 10;
constexpr std::size_t words_at_once = 64;
// Functions start at multiples of this, and the stack is full of pointers to them.
constexpr std::uint64_t function_alignment = 16;

/// The part of the mapping at `start` that a search may look at.
std::optional<AddressRange> searched_range(const AddressSpace& memory, Address start)
{
    const Address aligned{(start.value + word - 1) & ~(word - 1)};
    const Segment* const stack = memory.find(aligned);
    if (stack == nullptr || !stack->readable || aligned < start) {
        return std::nullopt;
    }
    const std::uint64_t left = stack->range.high().value - aligned.value;
    return AddressRange::make(aligned, std::min(left, farthest_slot));
}

std::optional<ScannedCaller> judge(
    const CodeMap& code, Machine machine, Address slot, Address pc, bool unchecked)
{
    if (!code.contains(pc)) {
        return std::nullopt;
    }
    ScannedCaller caller{.slot = slot, .pc = pc, .frame_pointer = std::nullopt};
    const CallSite site = follows_call(code.memory, machine, pc);
    caller.checked = site == CallSite::yes;
    if (!caller.checked) {
        caller.signal_frame =
            looks_like_signal_frame(code.memory, machine, Address{slot.value + word});
    }
    const bool taken =
        caller.checked || caller.signal_frame ||
        (unchecked && site == CallSite::unreadable && pc.value % function_alignment != 0);
    return taken ? std::optional(caller) : std::nullopt;
}

}  // namespace

bool CodeMap::contains(Address at) const
{
    const Segment* const segment = memory.find(at);
    if (segment == nullptr || segment->readable || segment->executable) {
        return segment != nullptr && segment->executable;
    }
    const auto index = find_module(modules, at);
    if (!index) {
        return false;
    }
    const Module& module = modules[*index];
    return std::any_of(module.program_headers.begin(), module.program_headers.end(),
                       [&](const Elf64_Phdr& header) {
                           return header.p_type == PT_LOAD && (header.p_flags & PF_X) != 0 &&
                                  at.value - (module.bias + header.p_vaddr) < header.p_memsz;
                       });
}

std::optional<ScannedCaller> scan_for_caller(const CodeMap& code,
                                             Machine machine,
                                             Address start,
                                             bool unchecked)
{
    const auto range = searched_range(code.memory, start);
    std::array<std::uint64_t, words_at_once> words{};
    std::uint64_t below = 0;
    for (std::uint64_t done = 0; range && done + word <= range->size();) {
        const Address at{range->low().value + done};
        const auto count = static_cast<std::size_t>(
            std::min<std::uint64_t>(words.size(), (range->size() - done) / word));
        const auto part = std::span(words).first(count);
        if (!code.memory.read_bytes(at, std::as_writable_bytes(part), what)) {
            return std::nullopt;
        }
        for (std::size_t index = 0; index < count; ++index) {
            const Address slot{at.value + index * word};
            auto caller = judge(code, machine, slot, Address{words[index]}, unchecked);
            if (caller && below > slot.value && below < range->low().value + farthest_slot) {
                caller->frame_pointer = below;
            }
            if (caller) {
                return caller;
            }
            below = words[index];
        }
        done += count * word;
    }
    return std::nullopt;
}

std::optional<ScannedCaller> follow_frame_pointer(const CodeMap& code,
                                                  Machine machine,
                                                  Address sp,
                                                  std::optional<std::uint64_t> frame_pointer,
                                                  bool unchecked)
{
    if (!frame_pointer || *frame_pointer < sp.value || *frame_pointer % word != 0) {
        return std::nullopt;
    }
    const Segment* const stack = code.memory.find(sp);
    if (stack == nullptr || !stack->range.contains(Address{*frame_pointer})) {
        return std::nullopt;
    }
    const auto pair = code.memory.read<std::array<std::uint64_t, 2>>(Address{*frame_pointer}, what);
    if (!pair || (*pair)[0] <= *frame_pointer) {
        return std::nullopt;
    }
    auto caller =
        judge(code, machine, Address{*frame_pointer + word}, Address{(*pair)[1]}, unchecked);
    if (caller) {
        caller->frame_pointer = (*pair)[0];
    }
    return caller;
}

}  // namespace pycore
