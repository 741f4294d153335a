#include "crash/native_exception.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "crash/thread_local_storage.hpp"
#include "crash/thrown_object.hpp"

namespace pycore {
namespace {

constexpr Label what = "C++ exception";
// A handler of std::terminate that runs longer than this is no reason to look at every frame.
constexpr std::size_t most_frames = 256;

bool is_terminating(std::string_view symbol)
{
    constexpr std::array names{"_ZSt9terminatev", "__cxa_call_terminate",
                               "_ZN9__gnu_cxx27__verbose_terminate_handlerEv"};
    return std::find(names.begin(), names.end(), symbol) != names.end();
}

/// Where an exception may not leave a function, the personality routine terminates. Older libraries
/// do not name the two functions by which it does, and never call two of their own otherwise.
bool is_terminating_below(const NativeStack& stack, std::size_t personality)
{
    constexpr std::size_t terminating = 2;
    if (personality < terminating + 1) {
        return false;
    }
    const auto calls = std::span(stack.frames).subspan(personality - terminating, terminating);
    return std::all_of(calls.begin(), calls.end(), [&](const NativeFrame& frame) {
        return frame.module == stack.frames[personality].module;
    });
}

/// The module of libstdc++ that `std::terminate` ran in.
const Module* find_terminating(const NativeStack& stack,
                               std::span<const Module> modules,
                               NativeSymbols& symbols)
{
    const std::size_t count = std::min(stack.frames.size(), most_frames);
    for (std::size_t index = 0; index < count; ++index) {
        const NativeFrame& frame = stack.frames[index];
        const auto symbol =
            frame.module ? symbols.find(frame.lookup_address(), *frame.module) : std::nullopt;
        if (symbol &&
            (is_terminating(symbol->symbol) ||
             (symbol->symbol == "__gxx_personality_v0" && is_terminating_below(stack, index)))) {
            return &modules[*frame.module];
        }
    }
    return nullptr;
}

/// The innermost exception that is being handled, as `std::terminate` handles what nobody catches:
/// the first member of `__cxa_eh_globals`.
std::optional<Address> find_handled(const Memory& memory,
                                    const Module& library,
                                    const ThreadRegisters& thread)
{
    const auto getter = find_defined_symbol(library, "__cxa_get_globals");
    const auto variable = getter ? find_returned_variable(memory, *getter) : std::nullopt;
    const auto globals =
        variable ? find_thread_variable(memory, thread.thread_pointer, *variable) : std::nullopt;
    const auto header = globals ? memory.read<Address>(*globals, what) : Result(Address{});
    return header && *header ? std::optional(*header) : std::nullopt;
}

}  // namespace

std::optional<NativeException> read_native_exception(const ThreadRegisters& thread,
                                                     const NativeStack& stack,
                                                     const Memory& memory,
                                                     std::span<const Module> modules,
                                                     NativeSymbols& symbols,
                                                     const Limits& limits)
{
    const Module* const library = find_terminating(stack, modules, symbols);
    const auto header = library ? find_handled(memory, *library, thread) : std::nullopt;
    const auto thrown = header ? read_thrown_object(memory, *header) : std::nullopt;
    std::string type = thrown ? read_type_name(memory, thrown->type) : std::string{};
    if (type.empty()) {
        return std::nullopt;
    }
    return NativeException{.type = std::move(type),
                           .message = read_what(memory, *library, *thrown, limits)};
}

}  // namespace pycore
