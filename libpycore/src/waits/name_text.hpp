#pragma once

#include <span>
#include <string>

#include "pycore/privacy.hpp"
#include "waits/name_graph.hpp"

namespace pycore {

/// "forks[3]", "app.locks['db']". Where a class of the standard library only hides a lock of its
/// own, that is no part of it: `ready._lock` of a Condition is "ready". Keys, which are data of the
/// program, are "[...]" in reports that anybody may read, and when they are long.
std::string write_path(PythonObjects& objects, const NamePath& path, PrivacyLevel privacy);

}  // namespace pycore
