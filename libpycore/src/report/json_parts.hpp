#pragma once

#include "pycore/report.hpp"
#include "report/json_writer.hpp"

namespace pycore {

// One key of the report format each, with its value. The writer stands in the outermost object.

void write_core(JsonWriter& out, const CoreDescription& core);
void write_process(JsonWriter& out, const ProcessDescription& process);
void write_crash(JsonWriter& out,
                 const Snapshot& snapshot,
                 const std::optional<Diagnosis>& diagnosis);
void write_interpreters(JsonWriter& out, const Snapshot& snapshot);
void write_signature(JsonWriter& out, const std::optional<Signature>& signature);
void write_modules(JsonWriter& out, const std::vector<ModuleDescription>& modules);
void write_warnings(JsonWriter& out, const std::vector<Gap>& gaps);
void write_limits(JsonWriter& out, const std::vector<LimitHit>& hits);

/// Members of one object, for the threads and for the crash.
void write_registers(JsonWriter& out, const ThreadRegisters& registers, Machine machine);

/// Members of a thread; none where it has no exception.
void write_exceptions(JsonWriter& out, const Thread& thread);

enum class Stacks : std::uint8_t { written, left_empty };

void write_threads(JsonWriter& out, const Snapshot& snapshot, Stacks stacks);

/// The whole report; with `left_empty` only to learn its size.
void write_report(JsonWriter& out, const Report& report, Stacks stacks);

}  // namespace pycore
