#pragma once

#include <memory>
#include <optional>

#include "elf/elf_headers.hpp"
#include "elf/input_file.hpp"
#include "elf/note_reader.hpp"
#include "pycore/core_file.hpp"

namespace pycore {

/// Fills a `CoreFile` from the ELF in `input`. What is damaged costs itself and becomes a problem;
/// only a file that is no core at all is a fault.
class CoreReader {
public:
    CoreReader(std::shared_ptr<const InputFile> input, const Limits& limits);

    Result<CoreFile> read();

    /// Takes note of something lost before the ELF was looked at.
    void lose(const Fault& fault, std::string message);

    void set_compression(Compression compression) { core_.compression_ = compression; }

private:
    Result<void> read_header();
    Result<std::uint64_t> count_of_program_headers();
    Result<void> read_program_headers();
    void add_segment(const Elf64_Phdr& entry);
    void read_notes(const Elf64_Phdr& entry);
    void read_note(const Note& note);
    void read_core_note(const Note& note);
    void read_signal(const Note& note);
    void read_files(const Note& note);
    void add_thread(const Note& note);
    void choose_signal();

    CoreFile core_;
    ReadAt read_;
    Limits limits_;
    Elf64_Ehdr header_{};
    std::uint64_t note_bytes_ = 0;
    std::uint64_t lost_segments_ = 0;
    std::optional<SignalInfo> signal_note_;
    bool written_by_debugger_ = false;
    bool threads_cut_ = false;
};

}  // namespace pycore
