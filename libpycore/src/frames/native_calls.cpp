#include "frames/native_calls.hpp"

#include "pycore/text.hpp"
#include "unwind/symbol_names.hpp"

namespace pycore {
namespace {

NativePlace place_in_module(const NativeFrame& frame, std::span<const Module> modules)
{
    NativePlace place;
    if (frame.module) {
        place.module = frame.module;
        place.module_offset = frame.pc.value - modules[*frame.module].bias;
    }
    return place;
}

void set_source(NativePlace& place, const SourceFrame& source)
{
    place.file = to_valid_utf8(source.file);
    place.line = source.line;
}

}  // namespace

NativeCalls::NativeCalls(std::span<const Module> modules,
                         NativeSymbols& symbols,
                         NativeLines* lines,
                         Deadline& deadline)
    : modules_(modules), symbols_(symbols), lines_(lines), deadline_(deadline)
{
}

NativeCalls::Places NativeCalls::find_places(const NativeFrame& frame,
                                             const NativeFrame* caller,
                                             bool crashed)
{
    NativePlace physical = place_in_module(frame, modules_);
    auto symbol = symbols_.find(frame, caller);
    if (!symbol && crashed && frame.function_start) {
        symbol = symbols_.find_bound(*frame.function_start, frame.pc);
    }
    if (symbol) {
        physical.function = to_valid_utf8(symbol->function);
        physical.symbol = to_valid_utf8(symbol->symbol);
        physical.function_offset = symbol->offset;
    }
    Places places;
    const bool with_lines = lines_ != nullptr && !deadline_.passed_now();
    for (const SourceFrame& source :
         with_lines ? lines_->find(frame) : std::vector<SourceFrame>{}) {
        if (source.inlined) {
            NativePlace place = place_in_module(frame, modules_);
            place.symbol = to_valid_utf8(source.symbol);
            place.function = to_valid_utf8(readable_name(source.symbol));
            set_source(place, source);
            places.push_back(std::make_shared<const NativePlace>(std::move(place)));
            continue;
        }
        set_source(physical, source);
        if (physical.function.empty()) {
            physical.symbol = to_valid_utf8(source.symbol);
            physical.function = to_valid_utf8(readable_name(source.symbol));
        }
    }
    places.push_back(std::make_shared<const NativePlace>(std::move(physical)));
    return places;
}

const NativeCalls::Places& NativeCalls::places_of(const NativeFrame& frame,
                                                  const NativeFrame* caller,
                                                  bool crashed)
{
    const std::pair key(frame.lookup_address(), caller == nullptr ? Address{} : caller->pc);
    const auto known = known_.find(key);
    return known != known_.end()
               ? known->second
               : known_.emplace(key, find_places(frame, caller, crashed)).first->second;
}

std::vector<NativeCall> NativeCalls::describe(const NativeStack& stack,
                                              std::size_t index,
                                              bool crashed)
{
    const NativeFrame& frame = stack.frames[index];
    const bool outermost = index + 1 == stack.frames.size();
    const Places& places =
        places_of(frame, outermost ? nullptr : &stack.frames[index + 1], crashed);
    std::vector<NativeCall> calls;
    calls.reserve(places.size());
    for (const auto& place : places) {
        calls.push_back({.place = place,
                         .address = frame.pc,
                         .sp = frame.sp,
                         .trust = frame.trust,
                         .inlined = place != places.back(),
                         .return_address = frame.return_address,
                         .executable = frame.executable,
                         .signal_frame = frame.signal_frame});
    }
    return calls;
}

}  // namespace pycore
