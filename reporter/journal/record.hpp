#pragma once

#include <string>

#include "batch/entry.hpp"
#include "collector/metadata.hpp"

namespace pycore {

/// Of every record about a new report; packaging/systemd/pycore-report.catalog explains it.
inline constexpr const char* report_message_id = "c0392b3490c14cddb153f4b0d4bbfe6d";

/// A record for systemd's journal as its socket takes it: what `entry` says and where its reports
/// are, `folder`, with the short traceback `brief` below. Every line is printable and bounded.
[[nodiscard]] std::string journal_record(const BatchEntry& entry,
                                         const CoreMetadata& metadata,
                                         const std::string& folder,
                                         const std::string& brief);

}  // namespace pycore
