#pragma once

#include "format.hpp"
#include "text/source_line.hpp"
#include "text/styled_text.hpp"
#include "text/wrapped.hpp"
#include "view/stack_rows.hpp"

namespace pycore {

/// The whole report, in the look of Python's own tracebacks.
void write_text(const Report& report, std::ostream& out, const Presentation& how);

// Its parts, in their order.

/// What happened to which process: a headline and a few facts.
void write_summary(StyledText& out, const Report& report);

/// Which threads wait for each other, a line each.
void write_deadlocks(StyledText& out, const Report& report);

/// The stacks, the crashed thread first. Threads that look the same are shown once.
void write_threads(StyledText& out, const Report& report, const Presentation& how);

/// The same, a line each and without stacks.
void write_thread_list(StyledText& out, const Report& report);

/// How the stack of one thread is shown.
struct StackStyle {
    const StackFolder* folder = nullptr;  ///< decides what is folded besides recursion
    bool variables = false;
    Underline underline = Underline::none;
};

/// The frames of one thread, recursion folded.
void write_stack(StyledText& out,
                 const Snapshot& snapshot,
                 const Thread& thread,
                 const StackStyle& style);

/// One frame on one line, and its line of source where that is known.
void write_frame(StyledText& out,
                 const Snapshot& snapshot,
                 const StackFrame& frame,
                 Underline underline);

/// The variables of a frame, one on a line, each cut to what a person reads.
void write_variables(StyledText& out, const FrameVariables& variables);

/// What Python imported, where that was asked for.
void write_python_modules(StyledText& out, const Snapshot& snapshot);

/// What the registers of the crashed thread pointed to.
void write_registers(StyledText& out, const Crash& crash);

/// What the checks found.
void write_hints(StyledText& out, const std::vector<Hint>& hints);

/// What is missing from the report, or doubtful.
void write_remarks(StyledText& out, const Report& report);

}  // namespace pycore
