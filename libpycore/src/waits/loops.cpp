#include "waits/loops.hpp"

#include <algorithm>

#include "frames/bytecode.hpp"

namespace pycore {
namespace {

// Far from any frame, a loop tells nothing of what the thread is busy with.
constexpr int most_frames = 20;

std::optional<Loop> lines_of(CodeCache& codes,
                             CodeObject& code,
                             const std::vector<Instruction>& instructions,
                             LoopUnits units)
{
    Loop loop;
    for (const Instruction& instruction : instructions) {
        if (instruction.unit < units.first || instruction.unit >= units.end) {
            continue;
        }
        if (const auto line = codes.position(code, instruction.unit).line; line && *line > 0) {
            loop.first_line = loop.first_line == 0 ? *line : std::min(loop.first_line, *line);
            loop.last_line = std::max(loop.last_line, *line);
        }
    }
    return loop.first_line == 0 ? std::nullopt : std::optional(loop);
}

std::optional<Loop> find_loop_of(const WaitInput& input,
                                 PythonObjects& objects,
                                 const PythonFrame& frame)
{
    CodeObject& code = objects.codes().find(frame.code->address);
    const auto unit = read_unit(input.memory, objects.layout(), code, frame.address);
    const auto instructions =
        unit ? objects.read_code(code, code.units) : Result<std::vector<Instruction>>(unit.fault());
    const auto units = instructions ? find_loop(*instructions, *unit) : std::nullopt;
    auto loop = units ? lines_of(objects.codes(), code, *instructions, *units) : std::nullopt;
    if (loop) {
        const PythonCode& names = *frame.code;
        loop->function = names.qualified_name.empty() ? names.name : names.qualified_name;
        loop->file = names.file;
    }
    return loop;
}

}  // namespace

std::optional<Loop> find_running_loop(const WaitInput& input,
                                      InterpreterObjects& objects,
                                      std::size_t thread)
{
    int looked_at = 0;
    for (const StackFrame& frame : input.threads[thread].stack) {
        const auto* const python = std::get_if<PythonFrame>(&frame);
        if (python == nullptr || !python->code->address) {
            continue;
        }
        if (++looked_at > most_frames || input.budget.deadline.passed()) {
            break;
        }
        PythonObjects* const known = objects.find(python->interpreter);
        if (auto loop = known ? find_loop_of(input, *known, *python) : std::nullopt) {
            return loop;
        }
    }
    return std::nullopt;
}

}  // namespace pycore
