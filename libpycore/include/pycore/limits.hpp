#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace pycore {

/// Every cap on data the core controls. What a cap cuts is listed in the report (`limits.hit`).
/// The defaults are the ones of the report format; a collector wants `collector_limits()`.
struct Limits {
    std::uint64_t max_unpacked_bytes = std::uint64_t{32} << 30;  ///< of a compressed or piped core
    /// Memory that a compressed core may ask for: 2 GiB is what `zstd --long=31` needs at most.
    std::uint64_t max_unpack_memory = std::uint64_t{2} << 30;
    std::size_t max_segments = 1 << 20;          ///< program headers of the core
    std::size_t max_note_bytes = 64 << 20;       ///< all notes of the core together
    std::size_t max_mapped_files = 1 << 17;      ///< entries of NT_FILE
    std::size_t max_modules = 1 << 14;           ///< distinct mapped ELF files
    std::size_t max_threads = 100'000;           ///< kernel threads, and thread states of CPython
    std::size_t max_interpreters = 10'000;       ///< interpreters of one runtime
    std::size_t max_frames = 100'000;            ///< Python frames of one thread
    std::size_t max_total_frames = 2'000'000;    ///< Python frames of all threads together
    std::size_t max_text_bytes = 1 << 20;        ///< one str of the process, as UTF-8
    std::size_t max_dict_entries = 1 << 20;      ///< entries looked at in one dict
    std::size_t max_line_table_bytes = 4 << 20;  ///< location table of one code object
    std::uint64_t max_code_bytes = std::uint64_t{64} << 20;  ///< code objects kept
    std::uint64_t max_name_bytes = std::uint64_t{16} << 20;  ///< names of threads kept
    std::size_t max_value_depth = 6;         ///< containers within each other, at most 64
    std::size_t max_value_items = 100;       ///< of one container
    std::size_t max_value_text = 4096;       ///< characters of one str, bytes of one bytes object
    std::size_t max_value_bytes = 64 << 10;  ///< of the text of one value
    std::size_t max_total_value_bytes = 32 << 20;  ///< of all values of the report together
    std::size_t max_locals = 1'000;                ///< names of one frame
    /// Of source files read, and of lines of them kept.
    std::uint64_t max_source_bytes = std::uint64_t{64} << 20;
    std::size_t max_warnings = 1'000;                          ///< warnings kept in one report
    std::uint64_t max_report_bytes = std::uint64_t{64} << 20;  ///< of one output
    /// Searched for a runtime without symbols.
    std::uint64_t max_scan_bytes = std::uint64_t{2} << 30;
    std::chrono::milliseconds max_time{120'000};  ///< wall time of one analysis
};

/// The smaller caps for a service that reads cores of hostile origin.
[[nodiscard]] constexpr Limits collector_limits() noexcept
{
    Limits limits;
    limits.max_unpack_memory = std::uint64_t{128} << 20;
    limits.max_threads = 4'096;
    limits.max_frames = 2'048;
    limits.max_report_bytes = std::uint64_t{16} << 20;
    return limits;
}

/// `limits`, the ones on what is kept in memory lowered so that one analysis takes no more than
/// about `bytes` of heap besides what a compressed core asks for, which `max_unpack_memory` caps at
/// a quarter of it. Below 32 MiB little is left of a report. docs/library.md says what it
/// omits.
[[nodiscard]] Limits limits_for_memory(std::uint64_t bytes, Limits limits = {}) noexcept;

}  // namespace pycore
