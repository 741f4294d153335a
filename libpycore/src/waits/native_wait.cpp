#include "waits/native_wait.hpp"

namespace pycore {

NativeState read_native_state(const WaitInput& input,
                              std::span<const std::optional<Gil>> gils,
                              std::size_t thread)
{
    NativeState state;
    for (std::size_t i = 0; i < gils.size(); ++i) {
        if (gils[i] && gils[i]->holder == thread && input.interpreters.size() > i) {
            state.gil = GilState::held;
        }
    }
    return state;
}

}  // namespace pycore
