#include "limit_options.hpp"

#include <array>
#include <type_traits>

namespace pycore {
namespace {

constexpr LimitOption counted(std::string_view name,
                              std::string_view help,
                              std::size_t Limits::*member)
{
    return LimitOption{.name = name, .help = help, .count = member, .bytes = nullptr};
}

constexpr LimitOption sized(std::string_view name,
                            std::string_view help,
                            std::uint64_t Limits::*member)
{
    return LimitOption{.name = name, .help = help, .count = nullptr, .bytes = member};
}

constexpr std::array all{
    counted("max-frames", "Python frames of one thread", &Limits::max_frames),
    counted("max-total-frames", "frames of all threads", &Limits::max_total_frames),
    counted("max-threads", "threads", &Limits::max_threads),
    counted("max-interpreters", "interpreters", &Limits::max_interpreters),
    sized("max-source-bytes", "source files read", &Limits::max_source_bytes),
    counted("max-warnings", "warnings in the report", &Limits::max_warnings),
    sized("max-report-bytes", "size of one report", &Limits::max_report_bytes),
    sized("max-unpacked-bytes", "size of a compressed or piped core", &Limits::max_unpacked_bytes),
    sized(
        "max-scan-bytes", "memory searched for a runtime without symbols", &Limits::max_scan_bytes),
    counted("max-text-bytes", "size of one str of the process", &Limits::max_text_bytes),
    counted("max-dict-entries", "entries looked at in one dict", &Limits::max_dict_entries),
    counted(
        "max-line-table-bytes", "location table of one code object", &Limits::max_line_table_bytes),
    counted("max-locals", "variables of one frame", &Limits::max_locals),
    counted("max-value-depth", "containers within each other", &Limits::max_value_depth),
    counted("max-value-items", "items shown of one container", &Limits::max_value_items),
    counted("max-value-text", "characters shown of one str", &Limits::max_value_text),
    counted("max-value-bytes", "text of one value", &Limits::max_value_bytes),
    counted("max-total-value-bytes", "text of all values", &Limits::max_total_value_bytes),
    counted("max-segments", "program headers of the core", &Limits::max_segments),
    counted("max-note-bytes", "size of the core's notes", &Limits::max_note_bytes),
    counted("max-mapped-files", "file mappings of the core", &Limits::max_mapped_files),
    counted("max-modules", "ELF files of the process", &Limits::max_modules),
};

}  // namespace

std::span<const LimitOption> limit_options() noexcept
{
    return all;
}

}  // namespace pycore
