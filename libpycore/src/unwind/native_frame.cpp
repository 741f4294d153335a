#include "pycore/native_frame.hpp"

namespace pycore {

std::string_view name_of(Trust trust) noexcept
{
    switch (trust) {
    case Trust::context: return "context";
    case Trust::cfi: return "cfi";
    case Trust::frame_pointer: return "frame_pointer";
    case Trust::scan: return "scan";
    case Trust::inferred: break;
    }
    return "inferred";
}

std::string_view name_of(StackStop stop) noexcept
{
    switch (stop) {
    case StackStop::finished: return "finished";
    case StackStop::limit: return "limit";
    case StackStop::cycle: return "cycle";
    case StackStop::no_caller: return "no_caller";
    case StackStop::memory_unreadable: break;
    }
    return "memory_unreadable";
}

}  // namespace pycore
