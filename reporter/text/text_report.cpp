#include "text/text_report.hpp"

namespace pycore {

void write_text(const Report& report, std::ostream& out, const Presentation& how)
{
    StyledText text(out, how);
    write_summary(text, report);
    if (how.thread_list) {
        write_thread_list(text, report);
        return;
    }
    if (!how.threads.empty()) {
        write_threads(text, report, how);
        write_remarks(text, report);
        return;
    }
    write_hints(text, report.hints);
    write_threads(text, report, how);
    write_python_modules(text, report.snapshot);
    if (report.snapshot.crash) {
        write_registers(text, *report.snapshot.crash);
    }
    write_remarks(text, report);
}

}  // namespace pycore
