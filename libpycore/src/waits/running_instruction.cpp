#include "waits/running_instruction.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "frames/bytecode.hpp"
#include "waits/native_functions.hpp"

namespace pycore {
namespace {

const PythonFrame* find_innermost(const WaitInput& input, std::size_t thread)
{
    for (const StackFrame& frame : running_frames(input.threads[thread], input.contexts[thread])) {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            return python;
        }
    }
    return nullptr;
}

/// The instruction that covers `unit`, and those after it.
std::span<const Instruction> from_unit(const std::vector<Instruction>& code, std::int64_t unit)
{
    const auto found =
        std::ranges::find_if(code, [unit](const Instruction& one) { return one.next > unit; });
    return {found, code.end()};
}

/// Up to 3.11 what is called may be so already in the instruction before.
bool calls(std::span<const Instruction> code)
{
    const bool prepares =
        code[0].role == OpcodeRole::neutral && code.size() > 1 && code[1].role == OpcodeRole::call;
    return prepares || code[0].role == OpcodeRole::call;
}

}  // namespace

Activity find_running_activity(const WaitInput& input,
                               InterpreterObjects& objects,
                               std::size_t thread)
{
    const bool has_registers = input.machine == Machine::x86_64 && input.contexts[thread].registers;
    const PythonFrame* const frame = has_registers ? find_innermost(input, thread) : nullptr;
    PythonObjects* const known = frame == nullptr ? nullptr : objects.find(frame->interpreter);
    if (known == nullptr || !frame->code->address || input.budget.deadline.passed()) {
        return Activity::unknown;
    }
    CodeObject& code = known->codes().find(frame->code->address);
    const auto unit = read_unit(input.memory, known->layout(), code, frame->address);
    if (!unit) {
        return Activity::unknown;
    }
    const auto instructions = known->read_code(code, *unit + 1);
    const auto rest =
        instructions ? from_unit(*instructions, *unit) : std::span<const Instruction>();
    if (rest.empty()) {
        return Activity::unknown;
    }
    return calls(rest) ? Activity::running_native : Activity::running_python;
}

}  // namespace pycore
