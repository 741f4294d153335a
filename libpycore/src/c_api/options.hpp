#pragma once

#include "pycore/analyze.hpp"
#include "pycore/pycore.h"
#include "pycore/result.hpp"

namespace pycore::c_api {

/// What the caller wants, or what is wrong with that (`bad_format`). Callbacks that throw answer
/// that the work should end.
Result<Options> read_options(const pycore_options* options);

}  // namespace pycore::c_api
