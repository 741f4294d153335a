#pragma once

#include "privacy/secret_filter.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Takes secrets out of what a thread waits for.
void redact_waits(Thread& thread, SecretFilter& filter);

/// Takes secrets out of the names of a lock, and what is said of its owners.
void redact_resource(Resource& resource, SecretFilter& filter);

}  // namespace pycore
