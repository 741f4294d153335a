#pragma once

#include <string_view>

namespace pycore {

/// The file schemas/report-1.schema.json, which the JSON of this program keeps to.
[[nodiscard]] std::string_view report_schema() noexcept;

}  // namespace pycore
