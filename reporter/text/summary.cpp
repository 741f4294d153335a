#include "pycore/signal.hpp"
#include "text/text_report.hpp"

namespace pycore {
namespace {

void write_fact(StyledText& out, std::string_view name, std::string_view value)
{
    constexpr std::string_view blanks = "            ";
    out.plain("  ").plain(name).plain(blanks.substr(name.size())).quoted(value).plain("\n");
}

std::string process_name(const Snapshot& snapshot)
{
    std::string name = snapshot.python_found ? "Python process" : "Process";
    if (snapshot.process.pid) {
        name += " " + std::to_string(*snapshot.process.pid);
    }
    if (snapshot.process.command) {
        name += " (" + *snapshot.process.command + ")";
    }
    return name;
}

// "SEGV_MAPERR: address not mapped, at 0x0", "SI_USER: sent by kill, from process 12"
std::string cause(const SignalInfo& signal, const Snapshot& snapshot)
{
    const auto name = signal_code_name(signal.number, signal.code);
    std::string text = name.empty() ? "code " + std::to_string(signal.code) : std::string(name);
    if (const auto meaning = signal_code_meaning(signal.number, signal.code); !meaning.empty()) {
        text.append(": ").append(meaning);
    }
    if (signal.fault_address) {
        text += ", at " + hex(signal.fault_address->value);
    }
    if (signal.sender_pid && signal.sender_pid == snapshot.process.pid) {
        text += ", from itself";
    } else if (signal.sender_pid) {
        text += ", from process " + std::to_string(*signal.sender_pid);
    }
    return text;
}

void write_headline(StyledText& out, const Snapshot& snapshot)
{
    const std::string process = process_name(snapshot);
    if (!snapshot.crash) {
        out.styled(Style::heading, process + ", alive when the core was taken (no signal)");
        out.plain("\n");
        return;
    }
    const std::string signal = signal_name(snapshot.crash->signal.number);
    out.styled(Style::heading, process + " was killed by " + signal).plain("\n");
    write_fact(out, "signal", cause(snapshot.crash->signal, snapshot));
    if (snapshot.crash->raised_again) {
        write_fact(out, "then",
                   "a handler ran, and the process ended by " +
                       signal_name(snapshot.crash->raised_again->number) + " (" +
                       cause(*snapshot.crash->raised_again, snapshot) + ")");
    }
}

const Thread* find_crashed(const Snapshot& snapshot)
{
    for (const Thread& thread : snapshot.threads) {
        if (thread.crashed) {
            return &thread;
        }
    }
    return nullptr;
}

void write_crashed_thread(StyledText& out, const Snapshot& snapshot)
{
    const Thread* thread = find_crashed(snapshot);
    if (thread == nullptr) {
        return;
    }
    std::string text = thread->tid ? std::to_string(*thread->tid) : "?";
    if (thread->python_name) {
        text += " \"" + *thread->python_name + "\"";
    }
    write_fact(out, "thread", text);
}

std::string build_of(const Interpreter& interpreter)
{
    std::string text = "CPython " + interpreter.version_text;
    text += interpreter.flavour.debug ? ", debug build" : "";
    text += interpreter.flavour.free_threaded ? ", free-threaded" : "";
    text += interpreter.finalizing ? ", finalizing" : "";
    return text;
}

void write_python(StyledText& out, const Snapshot& snapshot)
{
    if (snapshot.interpreters.empty()) {
        write_fact(out, "python",
                   snapshot.python_found ? "CPython, not decoded: see the warnings"
                                         : "no CPython found in this process");
        return;
    }
    std::string text = build_of(snapshot.interpreters.front());
    if (const std::size_t count = snapshot.interpreters.size(); count > 1) {
        text += ", " + std::to_string(count) + " interpreters";
    }
    write_fact(out, "python", text);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
}

std::string size_text(std::uint64_t bytes)
{
    constexpr std::uint64_t mebi = 1 << 20;
    const std::uint64_t tenths = bytes % mebi * 10 / mebi;
    return std::to_string(bytes / mebi) + "." + std::to_string(tenths) + " MiB";
}

std::string core_text(const CoreDescription& core)
{
    std::string text =
        (core.path == "-" ? "standard input" : core.path) + " (" + size_text(core.size);
    if (core.compression != Compression::none) {
        text.append(", ").append(name_of(core.compression));
    }
    return text + (core.truncated ? ", truncated)" : ")");
}

}  // namespace

void write_summary(StyledText& out, const Report& report)
{
    const Snapshot& snapshot = report.snapshot;
    if (report.diagnosis) {
        out.styled(Style::headline, report.diagnosis->summary).plain("\n\n");
    }
    write_deadlocks(out, report);
    write_headline(out, snapshot);
    write_crashed_thread(out, snapshot);
    write_python(out, snapshot);
    if (!snapshot.process.command_line.empty()) {
        write_fact(out, "command", joined(snapshot.process.command_line));
    }
    if (snapshot.process.environment) {
        for (const EnvironmentVariable& variable : *snapshot.process.environment) {
            write_fact(out, "environ", variable.name + "=" + variable.value);
        }
    }
    if (snapshot.process.executable) {
        write_fact(out, "executable", *snapshot.process.executable);
    }
    write_fact(out, "core", core_text(snapshot.core));
}

}  // namespace pycore
