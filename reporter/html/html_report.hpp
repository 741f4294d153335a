#pragma once

#include <cstddef>
#include <iosfwd>
#include <vector>

#include "format.hpp"
#include "html/page.hpp"
#include "view/stack_rows.hpp"
#include "view/thread_groups.hpp"

namespace pycore::html {

/// The whole report as one page that needs nothing but itself.
void write_html(const Report& report, std::ostream& out, const Presentation& how);

/// What all parts of the page look at.
struct View {
    const Report& report;
    const Presentation& how;
    const StackFolder& folder;
    const std::vector<ThreadGroup>& groups;  ///< without the thread that crashed

    [[nodiscard]] const Snapshot& snapshot() const noexcept { return report.snapshot; }
};

// The parts, in their order. One that has nothing to say writes nothing.

/// Where the page is opened: the answer, and which process it is about.
void write_header(Page& page, const View& view);
void write_navigation(Page& page, const View& view);
void write_deadlocks(Page& page, const View& view);
void write_crashed_thread(Page& page, const View& view);
void write_hints(Page& page, const View& view);
void write_threads(Page& page, const View& view);
void write_registers(Page& page, const View& view);
void write_modules(Page& page, const View& view);
void write_python_modules(Page& page, const View& view);
void write_remarks(Page& page, const View& view);
void write_process(Page& page, const View& view);

/// Index of the thread that crashed in `Snapshot::threads`; `SIZE_MAX` where none did.
[[nodiscard]] std::size_t crashed_thread(const Snapshot& snapshot);

/// The sentence the page opens with: the diagnosis; the deadlock where nothing else was wrong with
/// the process, or somebody ended it because it hung. Not printable yet.
struct Opening {
    std::string_view sentence;
    std::string_view second;  ///< what is to be said right after it; may be empty
    bool deadlock_first = false;
};
[[nodiscard]] Opening opening_of(const Report& report);

/// The link of a thread that stands for itself: "<a href="#t3">phil-0</a>".
void write_thread_link(Page& page, const Snapshot& snapshot, std::size_t thread);

}  // namespace pycore::html
