#include "pycore/limits.hpp"

#include <algorithm>

namespace pycore {
namespace {

// `limit` such that it takes at most one `share`th of the memory, at `cost` bytes each.
template <class Number>
void lower(Number& limit, std::uint64_t bytes, std::uint64_t share, std::uint64_t cost)
{
    limit = static_cast<Number>(std::min<std::uint64_t>(limit, bytes / share / cost));
}

}  // namespace

Limits limits_for_memory(std::uint64_t bytes, Limits limits) noexcept
{
    // What one costs, by estimate: its own struct, what refers to it and what a report computes of
    // it. Real cores stay far below: the test install.memory measures them.
    lower(limits.max_unpack_memory, bytes, 4, 1);
    lower(limits.max_segments, bytes, 16, 192);
    lower(limits.max_note_bytes, bytes, 16, 2);
    lower(limits.max_mapped_files, bytes, 16, 512);
    lower(limits.max_modules, bytes, 16, 4096);
    lower(limits.max_threads, bytes, 8, 4096);
    lower(limits.max_interpreters, bytes, 32, 2048);
    lower(limits.max_total_frames, bytes, 4, 768);
    lower(limits.max_frames, bytes, 4, 768);
    lower(limits.max_text_bytes, bytes, 32, 4);
    lower(limits.max_dict_entries, bytes, 32, 32);
    lower(limits.max_line_table_bytes, bytes, 32, 1);
    lower(limits.max_code_bytes, bytes, 16, 2);
    lower(limits.max_name_bytes, bytes, 32, 2);
    lower(limits.max_value_bytes, bytes, 32, 4);
    lower(limits.max_total_value_bytes, bytes, 16, 2);
    lower(limits.max_source_bytes, bytes, 16, 2);
    lower(limits.max_warnings, bytes, 32, 1024);
    lower(limits.max_report_bytes, bytes, 4, 1);
    return limits;
}

}  // namespace pycore
