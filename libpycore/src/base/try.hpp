#pragma once

#include <utility>

#include "pycore/result.hpp"

#define PYCORE_CONCAT_2(a, b) a##b
#define PYCORE_CONCAT(a, b) PYCORE_CONCAT_2(a, b)

/// `PYCORE_TRY(const auto size, read_size(...));` declares `size`, or returns the fault from the
/// enclosing function. The only macro that changes control flow; public headers do not use it.
#define PYCORE_TRY(target, ...)                                  \
    auto&& PYCORE_CONCAT(pycore_try_, __LINE__) = (__VA_ARGS__); \
    if (!PYCORE_CONCAT(pycore_try_, __LINE__)) {                 \
        return PYCORE_CONCAT(pycore_try_, __LINE__).fault();     \
    }                                                            \
    target = std::move(*PYCORE_CONCAT(pycore_try_, __LINE__))

/// The same for a step without a value.
#define PYCORE_CHECK(...)                                                           \
    do {                                                                            \
        if (const auto pycore_check_result = (__VA_ARGS__); !pycore_check_result) { \
            return pycore_check_result.fault();                                     \
        }                                                                           \
    } while (false)
