#pragma once

#include <exception>
#include <new>
#include <string_view>

#include "pycore/fault.hpp"
#include "pycore/pycore.h"

namespace pycore::c_api {

/// Fills `error`, where there is one, and returns `code`. Never allocates but to make a message
/// printable, and does without where it cannot.
int fail(pycore_error* error, int code, std::string_view message, int system_error = 0) noexcept;

/// What opening or analysing a core fails with.
int fail(pycore_error* error, const Fault& fault) noexcept;

/// `work` returns a code; what it throws becomes one.
template <class Work>
int guarded(pycore_error* error, const Work& work) noexcept
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail(error, PYCORE_ERROR_NO_MEMORY, "out of memory");
    } catch (const std::exception& exception) {
        return fail(error, PYCORE_ERROR_INTERNAL, exception.what());
    } catch (...) {
        return fail(error, PYCORE_ERROR_INTERNAL, "an exception that has no name");
    }
}

}  // namespace pycore::c_api
