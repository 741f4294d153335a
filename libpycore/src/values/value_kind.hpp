#pragma once

#include <cstdint>

namespace pycore {

/// How a type prints its instances: one for each `repr` function of CPython that we know.
enum class ValueKind : std::uint8_t {
    other,
    none,
    ellipsis,
    not_implemented,
    boolean,
    integer,
    floating,
    complex,
    text,
    bytes,
    byte_array,
    tuple,
    list,
    dict,
    set,
    range,
    slice,
    type,
    module,
    function,
};

}  // namespace pycore
