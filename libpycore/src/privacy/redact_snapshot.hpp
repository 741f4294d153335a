#pragma once

#include "privacy/secret_filter.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Takes the secrets out of all text of the snapshot that comes from the process's memory, and, for
/// a report that anybody may read, what may hold one; writes down what it did. Values of secret
/// names in variables are gone already: only who reads them sees the names within.
void redact_snapshot(Snapshot& snapshot, SecretFilter& filter, PrivacyLevel level);

}  // namespace pycore
