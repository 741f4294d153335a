#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/limits.hpp"
#include "pycore/result.hpp"

namespace pycore {

class InputFile;

enum class Machine : std::uint8_t { x86_64, aarch64 };

/// "x86_64", "aarch64".
[[nodiscard]] std::string_view name_of(Machine machine) noexcept;

enum class Compression : std::uint8_t { none, zstd, lz4, xz, gzip };

/// "none", "zstd", "lz4", "xz", "gzip".
[[nodiscard]] std::string_view name_of(Compression compression) noexcept;

/// One PT_LOAD of the core. `promised` may be less than the range's size: the rest was mapped and
/// not written, which is not the same as zero. `saved` is less than that when the file is cut off.
struct LoadSegment {
    AddressRange range;
    std::uint64_t file_offset = 0;
    std::uint64_t promised = 0;  ///< bytes of the range that the core says it holds
    std::uint64_t saved = 0;     ///< bytes of the range that the core file really holds
    bool readable = false;
    bool writable = false;
    bool executable = false;
};

/// One entry of NT_FILE: a file mapped into the process.
struct MappedFile {
    AddressRange range;
    std::uint64_t file_offset = 0;  ///< in bytes
    std::string path;               ///< bytes as the kernel wrote them, " (deleted)" included
};

/// General registers of one kernel thread, from NT_PRSTATUS, in the order of the machine's
/// `user_regs_struct` (27 on x86-64, 34 on aarch64).
struct ThreadRegisters {
    std::int32_t tid = 0;
    std::int32_t signal = 0;            ///< `pr_cursig`: the signal the thread was taking, or 0
    std::uint64_t blocked_signals = 0;  ///< `pr_sighold`: bit N-1 is signal N
    std::array<std::uint64_t, 34> general{};
    Address pc;
    Address sp;
    Address thread_pointer;  ///< FS base on x86-64; null where the note does not hold it
};

/// NT_SIGINFO: the signal that made the kernel write the core. Of the siginfo union only what
/// the signal's code makes valid is set.
struct SignalInfo {
    std::int32_t number = 0;
    std::int32_t code = 0;
    std::int32_t error = 0;
    /// SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP from the kernel.
    std::optional<Address> fault_address = std::nullopt;
    std::optional<std::int32_t> sender_pid = std::nullopt;  ///< SI_USER, SI_TKILL, SI_QUEUE
    std::optional<std::uint32_t> sender_uid = std::nullopt;
};

/// NT_PRPSINFO.
struct ProcessInfo {
    std::int32_t pid = 0;
    std::int32_t ppid = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string command;    ///< `pr_fname`, at most 15 bytes
    std::string arguments;  ///< `pr_psargs`, at most 79 bytes, blanks between arguments
};

/// One pair of NT_AUXV.
struct AuxiliaryValue {
    std::uint64_t type = 0;
    std::uint64_t value = 0;
};

/// A part of the core that could not be read although the rest can be used.
struct CoreProblem {
    Fault fault;
    std::string message;
};

/// Told now and then how many bytes have been unpacked, and of how many packed ones (0 when
/// unknown, as for a pipe).
using UnpackProgress = std::function<void(
    std::uint64_t unpacked, std::uint64_t packed_done, std::uint64_t packed_total)>;

/// Asked again and again, in the thread that does the work: most often every few milliseconds, but
/// a step such as reading the symbol table of an interpreter (some 70 ms without optimization) ends
/// first. Once it says true it is not asked again, and the work ends with a fault `cancelled`.
using Cancelled = std::function<bool()>;

/// How a compressed or piped core becomes a plain file.
struct UnpackOptions {
    UnpackProgress progress;
    Cancelled cancelled;
    /// An empty file open for reading and writing, which stays the caller's and takes the core
    /// whatever its size. -1: memory while it is small, then a file without a name in TMPDIR.
    int file = -1;
};

/// An opened core: its segments, notes and registers. The file is read by `pread` as needed and is
/// never mapped or copied; a compressed or piped core is unpacked once into an unlinked file.
class CoreFile {
public:
    /// Opens a plain or compressed core by path. Faults, and their labels:
    /// `io_error` (errno in `where`); `truncated` (nothing usable came before the end);
    /// `bad_format` "empty file", "ELF magic", "ELF type" (e_type in `where`), "program headers";
    /// `unsupported` "ELF class", "ELF byte order", "ELF machine" (e_machine in `where`), "file
    /// type" (the path is no regular file; its mode in `where`), or the name of a compression that
    /// this build leaves out; `limit_reached` "zstd window", "xz dictionary";
    /// `cancelled`.
    /// A compressed core that is damaged, cut off or longer than `max_unpacked_bytes` is opened as
    /// far as it came out, with a problem that says so.
    static Result<CoreFile> open(const std::filesystem::path& path,
                                 const Limits& limits = {},
                                 const UnpackOptions& unpacking = {});

    /// The same for a descriptor, which stays the caller's: a file is read from its start, wherever
    /// its offset is, and a pipe to its end.
    static Result<CoreFile> open(int descriptor,
                                 const Limits& limits = {},
                                 const UnpackOptions& unpacking = {});

    [[nodiscard]] Machine machine() const noexcept { return machine_; }
    [[nodiscard]] Compression compression() const noexcept { return compression_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }  ///< as ELF, unpacked
    /// The file ends before what its headers promise.
    [[nodiscard]] bool truncated() const noexcept { return truncated_; }

    /// Sorted by address; empty ones dropped; where two overlap the first in the file wins.
    [[nodiscard]] std::span<const LoadSegment> segments() const noexcept { return segments_; }
    [[nodiscard]] std::span<const MappedFile> mapped_files() const noexcept
    {
        return mapped_files_;
    }
    /// In the order of the notes: a kernel writes the thread that took the signal first.
    [[nodiscard]] std::span<const ThreadRegisters> threads() const noexcept { return threads_; }
    [[nodiscard]] const std::optional<ProcessInfo>& process() const noexcept { return process_; }
    /// Absent for a core of a living process (gcore): nothing killed it.
    [[nodiscard]] const std::optional<SignalInfo>& signal() const noexcept { return signal_; }
    [[nodiscard]] std::span<const AuxiliaryValue> auxiliary() const noexcept { return auxiliary_; }
    [[nodiscard]] std::optional<std::uint64_t> auxiliary(std::uint64_t type) const noexcept;
    [[nodiscard]] std::span<const CoreProblem> problems() const noexcept { return problems_; }

    /// The bytes behind all of this, shared with the address space.
    [[nodiscard]] const std::shared_ptr<const InputFile>& input() const noexcept { return input_; }

private:
    friend class CoreReader;
    CoreFile() = default;

    Machine machine_ = Machine::x86_64;
    Compression compression_ = Compression::none;
    std::uint64_t size_ = 0;
    bool truncated_ = false;
    std::vector<LoadSegment> segments_;
    std::vector<MappedFile> mapped_files_;
    std::vector<ThreadRegisters> threads_;
    std::optional<ProcessInfo> process_;
    std::optional<SignalInfo> signal_;
    std::vector<AuxiliaryValue> auxiliary_;
    std::vector<CoreProblem> problems_;
    std::shared_ptr<const InputFile> input_;
};

}  // namespace pycore
