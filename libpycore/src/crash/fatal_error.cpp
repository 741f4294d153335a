#include "crash/fatal_error.hpp"

#include "crash/fatal_call.hpp"
#include "crash/format_text.hpp"
#include "crash/function_arguments.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

using Argument = std::optional<std::uint64_t>;

/// Texts that the functions were called with.
class Texts {
public:
    Texts(const Memory& memory, const Limits& limits) : memory_(memory), limits_(limits) {}

    /// Empty for what is not known, null or no text.
    [[nodiscard]] std::string read(Argument at) const
    {
        if (!at || *at == 0) {
            return {};
        }
        const auto text = memory_.read_c_string(Address{*at}, limits_.max_text_bytes, "message");
        return text ? to_valid_utf8(*text) : std::string{};
    }

    [[nodiscard]] std::string format(Argument at, std::span<const Argument> arguments) const
    {
        const std::string pattern = read(at);
        const auto text = format_text(memory_, pattern, arguments, limits_);
        return text ? to_valid_utf8(*text) : std::string{};
    }

    /// What CPython writes of a failed assertion, but for its place in the source. The compiler may
    /// have had no more use for the expression.
    [[nodiscard]] std::string assertion(Argument expression, Argument message) const
    {
        std::string reason = read(message);
        if (!expression) {
            return reason;
        }
        const std::string condition = read(expression);
        if (condition.empty() && reason.empty()) {
            return {};
        }
        const std::string text =
            condition.empty() ? "Assertion failed" : "Assertion \"" + condition + "\" failed";
        return reason.empty() ? text : text + ": " + reason;
    }

private:
    const Memory& memory_;
    const Limits& limits_;
};

FatalPythonError describe_call(FatalFunction kind,
                               const FunctionArguments& arguments,
                               const Texts& texts)
{
    switch (kind) {
    case FatalFunction::error: return {.function = {}, .message = texts.read(arguments[0])};
    case FatalFunction::named:
        return {.function = texts.read(arguments[0]), .message = texts.read(arguments[1])};
    case FatalFunction::formatted:
        return {.function = texts.read(arguments[0]),
                .message = texts.format(arguments[1], std::span(arguments).subspan(2))};
    case FatalFunction::assertion:
        return {.function = texts.read(arguments[5]),
                .message = texts.assertion(arguments[1], arguments[2])};
    case FatalFunction::refcount: break;
    }
    return {};
}

/// Whether a function that it calls tells more.
bool passes_on(FatalFunction kind)
{
    return kind == FatalFunction::refcount || kind == FatalFunction::assertion;
}

}  // namespace

std::optional<FatalPythonError> read_fatal_error(const ThreadRegisters& thread,
                                                 const NativeStack& stack,
                                                 const Memory& memory,
                                                 std::span<const Module> modules,
                                                 Unwinder& unwinder,
                                                 NativeSymbols& symbols,
                                                 const Limits& limits,
                                                 Deadline& deadline)
{
    std::optional<FatalPythonError> error;
    for (const FatalCall& call : find_fatal_calls(stack, memory, modules, symbols)) {
        const NativeFrame& frame = stack.frames[call.frame];
        const auto registers = call.start && frame.cfa && unwinder.machine() == Machine::x86_64
                                   ? unwinder.registers_of_frame(thread, frame, deadline)
                                   : std::nullopt;
        error = FatalPythonError{};
        if (registers) {
            const CallingFunction function{.start = *call.start,
                                           .return_address = frame.pc,
                                           .cfa = *frame.cfa,
                                           .registers = *registers};
            error =
                describe_call(call.kind, read_arguments(memory, function), Texts(memory, limits));
        }
        if (!error->message.empty() || !passes_on(call.kind)) {
            break;
        }
    }
    return error;
}

}  // namespace pycore
