#include "abrt/elements.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "pycore/signal.hpp"
#include "pycore/text.hpp"
#include "view/facts.hpp"
#include "view/frame_words.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore::abrt {
namespace {

constexpr std::size_t most_frames = 512;  // of a thread
constexpr std::size_t most_word = 1024;

std::string word(std::string text)
{
    text = to_printable(text.substr(0, most_word));
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos;) {
        text.replace(at, 1, "\\x22");
    }
    return text;
}

std::vector<const PythonFrame*> python_frames(const Thread& thread)
{
    std::vector<const PythonFrame*> frames;
    for (const StackFrame& frame : thread.stack) {
        if (const auto* python = std::get_if<PythonFrame>(&frame)) {
            frames.push_back(python);
        }
    }
    std::ranges::reverse(frames);
    return frames;
}

// satyr reads numbers alone for lines: 0 is none.
void write_frame(std::ostream& out, const PythonFrame& frame)
{
    const std::string& file = frame.code->file;
    const std::string& name = frame.code->name;
    out << "  File \"" << (file.empty() ? "???" : word(file)) << "\", line "
        << std::max(frame.position.line.value_or(0), 0) << ", in "
        << (name.empty() ? "???" : word(name)) << '\n';
}

// The innermost half of what is shown, and the outermost. Returns how many were left out.
std::size_t write_traceback(std::ostream& out, const std::vector<const PythonFrame*>& frames)
{
    const std::size_t hidden = frames.size() > most_frames ? frames.size() - most_frames : 0;
    out << "Traceback (most recent call last):\n";
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (hidden == 0 || i < most_frames / 2 || i >= most_frames / 2 + hidden) {
            write_frame(out, *frames[i]);
        }
    }
    return hidden;
}

// satyr takes what stands before the colon for the name of an exception.
std::string final_line(const Report& report)
{
    const auto& crash = report.snapshot.crash;
    if (crash && report.diagnosis) {
        const std::string start = signal_name(crash->signal.number) + ": ";
        const std::string& summary = report.diagnosis->summary;
        return summary.starts_with(start) ? summary : start + summary;
    }
    if (!report.deadlocks.empty()) {
        return "Deadlock: " + report.deadlocks.front().summary;
    }
    return "Stopped: " + headline(report.snapshot);
}

void write_other_thread(std::ostream& out,
                        const Snapshot& snapshot,
                        const Thread& thread,
                        const std::vector<const PythonFrame*>& frames)
{
    const std::string state = state_text(snapshot, thread);
    out << '\n'
        << to_printable(thread_heading(snapshot, thread) + (state.empty() ? "" : ", " + state))
        << ":\n";
    if (const std::size_t hidden = write_traceback(out, frames); hidden != 0) {
        out << '(' << counted(hidden, "more frame") << ")\n";
    }
}

void write_backtrace(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    const Snapshot& snapshot = report.snapshot;
    const Thread* const first = first_thread(snapshot.threads);
    if (first == nullptr) {
        return;
    }
    std::ostringstream text;
    const auto frames = python_frames(*first);
    if (!frames.empty()) {
        const std::size_t hidden = write_traceback(text, frames);
        text << to_printable(final_line(report)) << '\n';
        if (hidden != 0) {
            text << '(' << counted(hidden, "more frame") << ")\n";
        }
    }
    for (const Thread& thread : snapshot.threads) {
        const auto others = python_frames(thread);
        if (&thread == first || others.empty()) {
            continue;
        }
        std::ostringstream one;
        write_other_thread(one, snapshot, thread, others);
        if (text.view().size() + one.view().size() > max_element / 2) {
            text << "\n(more threads are in pycore_report)\n";
            break;
        }
        text << one.view();
    }
    out << text.view();
}

void write_signature(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    if (report.signature) {
        out << to_printable(report.signature->id) << ' ' << to_printable(report.signature->text)
            << '\n';
    }
}

}  // namespace

const Format python_backtrace{
    .name = "python_backtrace", .help = {}, .write = write_backtrace, .needs_all_locals = false};

const Format signature{
    .name = "pycore_signature", .help = {}, .write = write_signature, .needs_all_locals = false};

}  // namespace pycore::abrt
