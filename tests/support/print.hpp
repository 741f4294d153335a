#pragma once

#include <ostream>

#include "pycore/address.hpp"
#include "pycore/fault.hpp"

// How a failed comparison shows our types. Catch2 finds these by their namespace.
namespace pycore {

inline std::ostream& operator<<(std::ostream& out, Address at)
{
    const auto flags = out.flags();
    out << "0x" << std::hex << at.value;
    out.flags(flags);
    return out;
}

inline std::ostream& operator<<(std::ostream& out, FaultCode code)
{
    return out << name_of(code);
}

inline std::ostream& operator<<(std::ostream& out, const Fault& fault)
{
    return out << describe(fault);
}

inline std::ostream& operator<<(std::ostream& out, const Label& label)
{
    return out << label.text();
}

inline std::ostream& operator<<(std::ostream& out, const AddressRange& range)
{
    return out << '[' << range.low() << ", " << range.high() << ')';
}

}  // namespace pycore
