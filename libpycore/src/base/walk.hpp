#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pycore/fault.hpp"

namespace pycore {

/// Why a walk over the core's data ended.
enum class Stop : std::uint8_t { finished, limit, cycle, fault };

/// The items a walk read before it stopped, and why it stopped. `fault` is set with `Stop::fault`.
template <class T>
struct Walk {
    std::vector<T> items;
    Stop stop = Stop::finished;
    std::optional<Fault> fault;
    std::uint64_t visited = 0;  ///< what it looked at, where not all of that becomes an item
};

/// A walk that could not even begin.
template <class T>
Walk<T> failed_walk(const Fault& fault)
{
    return Walk<T>{.items = {}, .stop = Stop::fault, .fault = fault};
}

}  // namespace pycore
