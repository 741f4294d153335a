#include "view/facts.hpp"

#include "pycore/signal.hpp"
#include "view/words.hpp"

namespace pycore {
namespace {

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

void add_crash(std::vector<Fact>& into, const Snapshot& snapshot)
{
    if (!snapshot.crash) {
        return;
    }
    into.push_back({"signal", cause(snapshot.crash->signal, snapshot)});
    if (const auto& again = snapshot.crash->raised_again) {
        into.push_back({"then", "a handler ran, and the process ended by " +
                                    signal_name(again->number) + " (" + cause(*again, snapshot) +
                                    ")"});
    }
    if (const Thread* const thread = find_crashed(snapshot)) {
        std::string text = thread->tid ? std::to_string(*thread->tid) : "?";
        if (thread->python_name) {
            text += " \"" + *thread->python_name + "\"";
        }
        into.push_back({"thread", std::move(text)});
    }
}

std::string build_of(const Interpreter& interpreter)
{
    std::string text = "CPython " + interpreter.version_text;
    text += interpreter.flavour.debug ? ", debug build" : "";
    text += interpreter.flavour.free_threaded ? ", free-threaded" : "";
    text += interpreter.finalizing ? ", finalizing" : "";
    return text;
}

std::string python_text(const Snapshot& snapshot)
{
    if (snapshot.interpreters.empty()) {
        return snapshot.python_found ? "CPython, not decoded: see the warnings"
                                     : "no CPython found in this process";
    }
    std::string text = build_of(snapshot.interpreters.front());
    if (const std::size_t count = snapshot.interpreters.size(); count > 1) {
        text += ", " + std::to_string(count) + " interpreters";
    }
    return text;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
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

std::string headline(const Snapshot& snapshot)
{
    const std::string process = process_name(snapshot);
    return snapshot.crash ? process + " was killed by " + signal_name(snapshot.crash->signal.number)
                          : process + ", alive when the core was taken (no signal)";
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

std::vector<Fact> facts(const Report& report)
{
    const Snapshot& snapshot = report.snapshot;
    std::vector<Fact> all;
    add_crash(all, snapshot);
    all.push_back({"python", python_text(snapshot)});
    if (!snapshot.process.command_line.empty()) {
        all.push_back({"command", joined(snapshot.process.command_line)});
    }
    if (snapshot.process.environment) {
        for (const EnvironmentVariable& variable : *snapshot.process.environment) {
            all.push_back({"environ", variable.name + "=" + variable.value});
        }
    }
    if (snapshot.process.executable) {
        all.push_back({"executable", *snapshot.process.executable});
    }
    all.push_back({"core", core_text(snapshot.core)});
    if (report.signature) {
        all.push_back({"signature", report.signature->text});
    }
    return all;
}

std::string thread_heading(const Snapshot& snapshot, const Thread& thread)
{
    std::string heading = thread.crashed ? "Crashed thread" : "Thread";
    heading += thread.tid ? " " + std::to_string(*thread.tid) : " that has ended";
    if (thread.python_name) {
        heading += " \"" + *thread.python_name + "\"";
    }
    if (snapshot.interpreters.size() > 1 && thread.interpreter &&
        *thread.interpreter < snapshot.interpreters.size()) {
        heading += ", interpreter " + std::to_string(snapshot.interpreters[*thread.interpreter].id);
    }
    return heading;
}

bool is_known_to_python(const Snapshot& snapshot, const Thread& thread)
{
    return snapshot.interpreters.empty() || thread.interpreter || thread.python_thread_id;
}

}  // namespace pycore
