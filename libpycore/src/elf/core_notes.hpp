#pragma once

#include "base/walk.hpp"
#include "elf/note_reader.hpp"
#include "pycore/core_file.hpp"

namespace pycore {

/// NT_PRSTATUS.
Result<ThreadRegisters> read_thread_registers(const ReadAt& read,
                                              const Note& note,
                                              Machine machine);

/// NT_PRPSINFO.
Result<ProcessInfo> read_process_info(const ReadAt& read, const Note& note);

/// NT_SIGINFO.
Result<SignalInfo> read_signal_info(const ReadAt& read, const Note& note);

/// NT_AUXV, up to AT_NULL.
Walk<AuxiliaryValue> read_auxiliary(const ReadAt& read, const Note& note);

/// NT_FILE, at most `max_files` entries, in the order of the note.
Walk<MappedFile> read_mapped_files(const ReadAt& read, const Note& note, std::size_t max_files);

/// True for the signals whose default action writes a core. Kernels write one for no other.
[[nodiscard]] bool dumps_core(std::int32_t signal) noexcept;

}  // namespace pycore
