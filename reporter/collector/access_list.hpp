#pragma once

namespace pycore {

/// Lets those read the report that the core's access list names one by one, if it has one; nobody
/// else, and nobody more than read.
void copy_readers(int core, int report);

}  // namespace pycore
