#include "unwind/native_lines.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_known = 1 << 14;

}  // namespace

NativeLines::NativeLines(std::span<const Module> modules, NativeSymbols& symbols)
    : modules_(modules), symbols_(symbols), opened_(modules.size())
{
}

DebugInfo* NativeLines::debug_info_of(std::size_t module)
{
    Opened& entry = opened_[module];
    if (entry.tried) {
        return entry.debug_info.get();
    }
    entry.tried = true;
    const auto open = [this](const std::shared_ptr<const ElfFile>& file) {
        const auto id = read_supplement_id(*file);
        return DebugInfo::open(file, id ? symbols_.find_supplement(*id) : nullptr);
    };
    if (modules_[module].elf) {
        entry.debug_info = open(modules_[module].elf);
    }
    if (!entry.debug_info && symbols_.debug_file(module)) {
        entry.debug_info = open(symbols_.debug_file(module));
    }
    return entry.debug_info.get();
}

std::vector<SourceFrame> NativeLines::find(const NativeFrame& frame)
{
    DebugInfo* const debug_info = frame.module ? debug_info_of(*frame.module) : nullptr;
    if (debug_info == nullptr) {
        return {};
    }
    const std::uint64_t at = frame.lookup_address().value;
    // A recursion has its few places a hundred thousand times.
    if (const auto known = known_.find(at); known != known_.end()) {
        return known->second;
    }
    auto frames = debug_info->find(at - modules_[*frame.module].bias);
    if (known_.size() < most_known) {
        known_.emplace(at, frames);
    }
    return frames;
}

}  // namespace pycore
