#include "waits/python_wait.hpp"

namespace pycore {

std::optional<PythonWait> find_python_wait(const WaitInput& /*input*/,
                                           InterpreterObjects& /*objects*/,
                                           const NativeState& /*native*/,
                                           std::size_t /*thread*/)
{
    return std::nullopt;
}

}  // namespace pycore
