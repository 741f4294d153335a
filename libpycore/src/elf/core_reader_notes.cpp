#include <elf.h>

#include <algorithm>
#include <csignal>

#include "elf/core_notes.hpp"
#include "elf/core_reader.hpp"

namespace pycore {

void CoreReader::read_notes(const Elf64_Phdr& entry)
{
    const std::uint64_t there = core_.size_ - std::min(core_.size_, entry.p_offset);
    std::uint64_t size = std::min(entry.p_filesz, there);
    if (size < entry.p_filesz) {
        core_.truncated_ = true;
    }
    const std::uint64_t allowed = limits_.max_note_bytes - note_bytes_;
    if (size > allowed) {
        lose({FaultCode::limit_reached, entry.p_offset, "notes"},
             "the core's notes are longer than what is read of them");
        size = allowed;
    }
    note_bytes_ += size;
    const auto done = for_each_note(read_, entry.p_offset, size, entry.p_align,
                                    [this](const Note& note) { read_note(note); });
    if (!done) {
        lose(done.fault(), "notes of the core cannot be read from some point on");
    }
}

void CoreReader::read_note(const Note& note)
{
    if (note.name == "CORE") {
        read_core_note(note);
    } else if (note.name == "GDB") {
        // The target description: only gdb writes it, and it does since version 12.
        written_by_debugger_ = true;
    } else if (note.name == "LINUX" && note.type == NT_ARM_TLS &&
               core_.machine_ == Machine::aarch64 && !core_.threads_.empty()) {
        // Follows its thread's NT_PRSTATUS, which does not hold it.
        std::uint64_t thread_pointer = 0;
        if (note.size >= sizeof(thread_pointer) &&
            read_(note.offset, std::as_writable_bytes(std::span(&thread_pointer, 1)),
                  "NT_ARM_TLS")) {
            core_.threads_.back().thread_pointer = Address{thread_pointer};
        }
    }
}

void CoreReader::read_core_note(const Note& note)
{
    switch (note.type) {
    case NT_PRSTATUS: add_thread(note); break;
    case NT_PRPSINFO:
        // Kernels begin with the crashed thread's NT_PRSTATUS, gdb of every version with this one.
        written_by_debugger_ = written_by_debugger_ || core_.threads_.empty();
        if (auto process = read_process_info(read_, note)) {
            core_.process_ = std::move(*process);
        } else {
            lose(process.fault(), "the note about the process cannot be read");
        }
        break;
    case NT_SIGINFO: read_signal(note); break;
    case NT_AUXV: {
        auto values = read_auxiliary(read_, note);
        core_.auxiliary_ = std::move(values.items);
        if (values.stop == Stop::fault) {
            lose(*values.fault, "the auxiliary vector is incomplete");
        }
        break;
    }
    case NT_FILE: read_files(note); break;
    default: break;
    }
}

void CoreReader::add_thread(const Note& note)
{
    if (core_.threads_.size() >= limits_.max_threads) {
        if (!std::exchange(threads_cut_, true)) {
            lose({FaultCode::limit_reached, limits_.max_threads, "NT_PRSTATUS"},
                 "the core has more threads than are looked at");
        }
        return;
    }
    auto thread = read_thread_registers(read_, note, core_.machine_);
    if (!thread) {
        lose(thread.fault(), "the registers of a thread cannot be read");
        return;
    }
    core_.threads_.push_back(*thread);
}

void CoreReader::read_signal(const Note& note)
{
    // gdb writes one for each thread that has stopped, the current thread's first.
    if (signal_note_) {
        return;
    }
    if (auto signal = read_signal_info(read_, note)) {
        signal_note_ = *signal;
    } else {
        lose(signal.fault(), "the note about the signal cannot be read");
    }
}

void CoreReader::read_files(const Note& note)
{
    auto files = read_mapped_files(read_, note, limits_.max_mapped_files);
    core_.mapped_files_ = std::move(files.items);
    if (files.stop == Stop::limit) {
        lose({FaultCode::limit_reached, limits_.max_mapped_files, "NT_FILE"},
             "the core has more mapped files than are looked at");
    } else if (files.stop == Stop::fault) {
        lose(*files.fault, "the list of mapped files is incomplete");
    }
}

void CoreReader::choose_signal()
{
    std::optional<SignalInfo> signal = signal_note_;
    // Linux before 3.9 wrote no NT_SIGINFO.
    if (!signal && !core_.threads_.empty()) {
        signal = SignalInfo{.number = core_.threads_.front().signal};
    }
    // A debugger's core of a living process tells how the debugger stopped it: SIGSTOP, SIGINT,
    // SIGTRAP or 0. One taken when a deadly signal had arrived tells that signal.
    const bool from_debugger = written_by_debugger_ && signal && signal->number == SIGTRAP;
    if (signal && dumps_core(signal->number) && !from_debugger) {
        core_.signal_ = *signal;
    }
}

}  // namespace pycore
