#include "crash/fatal_call.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "crash/code_flow.hpp"

namespace pycore {
namespace {

// From the signal's frame to the function there are few, unless CPython crashed while it gave up.
constexpr std::size_t most_frames = 1024;
constexpr std::size_t most_calls = 4;

constexpr std::string_view refcount_error = "_Py_FatalRefcountErrorFunc";

struct Name {
    std::string_view symbol;
    FatalFunction kind;
};
constexpr std::array names{Name{"Py_FatalError", FatalFunction::error},
                           Name{"_Py_FatalErrorFunc", FatalFunction::named},
                           Name{"_Py_FatalErrorFormat", FatalFunction::formatted},
                           Name{refcount_error, FatalFunction::refcount},
                           Name{"_PyObject_AssertFailed", FatalFunction::assertion}};

std::optional<FatalFunction> kind_of(std::string_view function)
{
    const auto known = std::find_if(names.begin(), names.end(), [function](const Name& name) {
        return name.symbol == function;
    });
    return known == names.end() ? std::nullopt : std::optional(known->kind);
}

/// Matches the frames of one stack.
class Matcher {
public:
    Matcher(const Memory& memory, std::span<const Module> modules, NativeSymbols& symbols)
        : memory_(memory), modules_(modules), symbols_(symbols)
    {
    }

    std::optional<FatalCall> match(const NativeFrame& frame)
    {
        if (!frame.module || !frame.return_address) {
            return std::nullopt;
        }
        const auto symbol = symbols_.find(frame.lookup_address(), *frame.module);
        if (!symbol) {
            return match_unnamed(frame);
        }
        const auto kind = kind_of(symbol->function);
        if (!kind) {
            return std::nullopt;
        }
        FatalCall call{.kind = *kind, .start = std::nullopt};
        // A part that a compiler split off begins elsewhere, or was called with other arguments.
        if (symbol->symbol == symbol->function) {
            call.start = Address{frame.lookup_address().value - symbol->offset};
        }
        return call;
    }

private:
    [[nodiscard]] std::optional<FatalCall> match_unnamed(const NativeFrame& frame)
    {
        if (!frame.function_start || formatting_function(*frame.module) != frame.function_start) {
            return std::nullopt;
        }
        return FatalCall{.kind = FatalFunction::formatted, .start = frame.function_start};
    }

    /// Where stripping took the name of `_Py_FatalErrorFormat`, the exported function that does
    /// nothing but call it still leads there.
    std::optional<Address> formatting_function(std::size_t index)
    {
        const auto [known, is_new] = formatting_.emplace(index, std::nullopt);
        const Module& module = modules_[index];
        const auto symbol =
            is_new && module.elf ? module.elf->find_symbol(refcount_error) : std::nullopt;
        if (symbol) {
            known->second = find_first_callee(memory_, Address{module.bias + symbol->value});
        }
        return known->second;
    }

    const Memory& memory_;
    std::span<const Module> modules_;
    NativeSymbols& symbols_;
    std::map<std::size_t, std::optional<Address>> formatting_;
};

}  // namespace

std::vector<FatalCall> find_fatal_calls(const NativeStack& stack,
                                        const Memory& memory,
                                        std::span<const Module> modules,
                                        NativeSymbols& symbols)
{
    Matcher matcher(memory, modules, symbols);
    std::vector<FatalCall> calls;
    for (std::size_t index = std::min(stack.frames.size(), most_frames); index-- > 0;) {
        if (calls.size() == most_calls) {
            break;
        }
        if (auto call = matcher.match(stack.frames[index])) {
            call->frame = index;
            calls.push_back(*call);
        }
    }
    return calls;
}

}  // namespace pycore
