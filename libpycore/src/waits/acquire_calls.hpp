#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "frames/bytecode.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// A lock that a frame has called `acquire()` of on its way, and not `release()`.
struct AcquireCall {
    Address object;     ///< a `_thread.lock` or a `threading.Semaphore`
    std::string where;  ///< "eat (phi.py:9)": the line of the call
};

/// Finds locks that were taken by a plain `acquire()`, which leaves no owner anywhere: by the calls
/// in the bytecode of each frame between its start and where it is. That is evidence and no proof:
/// branches are not told apart, what a call gave is not known, and names mean now what they may not
/// have meant then.
class AcquireCalls {
public:
    AcquireCalls(const WaitInput& input, InterpreterObjects& objects)
        : input_(input), objects_(objects)
    {
    }

    /// Of all frames of a thread, the innermost first.
    [[nodiscard]] std::vector<AcquireCall> find(std::size_t thread);

    /// Adds those of one frame, which need not be in a thread's stack.
    void add(const PythonFrame& frame, std::vector<AcquireCall>& found);

private:
    /// What is kept of a code object.
    struct Code {
        std::vector<Instruction> instructions;  ///< empty where it names no `acquire`
        std::vector<Address> names;
        std::vector<Address> constants;
    };

    const Code& read_code(PythonObjects& objects, Address at);
    void find_in_frame(PythonObjects& objects,
                       const PythonFrame& frame,
                       std::vector<AcquireCall>& found);

    const WaitInput& input_;
    InterpreterObjects& objects_;
    std::map<Address, Code> codes_;
};

}  // namespace pycore
