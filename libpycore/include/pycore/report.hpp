#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "pycore/diagnosis.hpp"
#include "pycore/hint.hpp"
#include "pycore/limits.hpp"
#include "pycore/signature.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

enum class Status : std::uint8_t { ok, partial, error };

/// "ok", "partial", "error".
[[nodiscard]] std::string_view name_of(Status status) noexcept;

/// The library's version, "0.1.0".
[[nodiscard]] std::string_view library_version() noexcept;

/// The snapshot and what the checks conclude from it.
struct Report {
    Snapshot snapshot;
    Status status = Status::ok;
    std::optional<Diagnosis> diagnosis;  ///< of the crash, when there is one
    std::vector<Deadlock> deadlocks;     ///< the surest first
    std::vector<Hint> hints;             ///< what the checks found besides
    /// Absent where no thread was read.
    std::optional<Signature> signature;
};

/// Cannot fail: what is missing from the snapshot is missing from the report. Of `limits` it heeds
/// `max_warnings` and `max_report_bytes`; what they cut is added to the snapshot's `limits`.
[[nodiscard]] Report make_report(Snapshot snapshot, const Limits& limits = {});

/// Writes report format 1 as one JSON object and a newline, thread by thread, so that memory does
/// not grow with the report. The same report gives the same bytes. Errors are the stream's.
void write_json(const Report& report, std::ostream& out);

}  // namespace pycore
