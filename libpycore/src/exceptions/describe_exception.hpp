#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "exceptions/raised_value.hpp"
#include "exceptions/source.hpp"
#include "pycore/exception.hpp"

namespace pycore {

/// The exceptions that one leads to.
struct ExceptionLinks {
    Address cause;
    Address context;
    std::vector<Address> members;
};

/// Of an exception in a report, besides its texts.
inline constexpr std::size_t bytes_per_exception = 400;

/// All that is said about one exception but for `links`, which are told by their addresses.
/// `traceback` stands for its own where 3.11 keeps one apart.
Exception describe_exception(ExceptionSource& source,
                             const RaisedValue& raised,
                             std::optional<Address> traceback,
                             ExceptionLinks& links);

}  // namespace pycore
