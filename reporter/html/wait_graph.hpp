#pragma once

#include "html/page.hpp"
#include "pycore/snapshot.hpp"

namespace pycore::html {

/// A deadlock as a picture: the circle of threads and of what they wait for, and some of the
/// threads that wait for these. What it shows is to be told in words next to it.
void write_wait_graph(Page& page, const Snapshot& snapshot, const Deadlock& deadlock);

}  // namespace pycore::html
