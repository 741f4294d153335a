#include "pycore/fault.hpp"

#include "base/hex.hpp"

namespace pycore {

std::string_view name_of(FaultCode code) noexcept
{
    switch (code) {
    case FaultCode::unmapped: return "unmapped";
    case FaultCode::not_saved: return "not_saved";
    case FaultCode::truncated: return "truncated";
    case FaultCode::bad_format: return "bad_format";
    case FaultCode::limit_reached: return "limit_reached";
    case FaultCode::unsupported: return "unsupported";
    case FaultCode::io_error: return "io_error";
    case FaultCode::cancelled: return "cancelled";
    }
    return "unknown";
}

std::string describe(const Fault& fault)
{
    std::string text(fault.what.text());
    text.append(" at ").append(hex(fault.where)).append(": ").append(name_of(fault.code));
    return text;
}

}  // namespace pycore
