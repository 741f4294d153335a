#pragma once

#include <elf.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"

namespace pycore::test {

using Bytes = std::vector<std::byte>;

/// The bytes of a string, without its NUL.
Bytes bytes_of(std::string_view text);

/// Puts `value` at the end of `bytes`.
template <class T>
void append(Bytes& bytes, const T& value)
{
    const auto view = std::as_bytes(std::span(&value, 1));
    bytes.insert(bytes.end(), view.begin(), view.end());
}

struct SegmentOptions {
    std::uint64_t size = 0;  ///< in memory; 0: as many as bytes are saved
    bool writable = true;
    bool executable = false;
};

struct ThreadNote {
    std::int32_t tid = 1;
    std::int16_t signal = 0;
    Address pc = {};
    Address sp = {};
    Address thread_pointer = {};
};

struct SignalNote {
    std::int32_t number = SIGSEGV;
    std::int32_t code = 1;
    Address fault_address = {};   ///< or, in the same bytes,
    std::int32_t sender_pid = 0;  ///< where the code says so
    std::uint32_t sender_uid = 0;
};

/// Builds a core as a kernel writes it, or one that no kernel would:
///
///     const CoreFile core = CoreBuilder()
///                               .thread({.tid = 7, .pc = Address{0x401000}})
///                               .segment(Address{0x1000}, "hello")
///                               .open();
class CoreBuilder {
public:
    CoreBuilder& machine(Machine machine);

    /// PT_LOAD, in the order of the calls. What is in `segment.size` past the bytes is not saved.
    CoreBuilder& segment(Address at, Bytes saved, SegmentOptions segment = {});
    CoreBuilder& segment(Address at, std::string_view saved, SegmentOptions segment = {});

    /// A PT_LOAD of which nothing is saved.
    CoreBuilder& not_saved(Address at, std::uint64_t size, SegmentOptions segment = {});

    CoreBuilder& thread(const ThreadNote& thread);
    CoreBuilder& process(ProcessInfo process);
    CoreBuilder& signal(const SignalNote& signal);
    CoreBuilder& auxiliary(std::uint64_t type, std::uint64_t value);
    CoreBuilder& mapped_file(Address at,
                             std::uint64_t size,
                             std::uint64_t file_offset,
                             std::string path);

    /// Any note, after the ones above.
    CoreBuilder& note(std::string name, std::uint32_t type, Bytes descriptor);

    /// NT_PRPSINFO first and a target description last, as gdb's gcore writes them.
    CoreBuilder& written_by_gdb();

    /// Changes the finished ELF header, or any of the program headers (PT_NOTE is the first).
    CoreBuilder& change_header(std::function<void(Elf64_Ehdr&)> change);
    CoreBuilder& change_program_headers(std::function<void(std::vector<Elf64_Phdr>&)> change);

    [[nodiscard]] Bytes bytes() const;

    /// The core that `CoreFile` makes of `bytes()`; throws where that is a fault.
    [[nodiscard]] CoreFile open() const;

private:
    struct Load {
        Address at;
        Bytes saved;
        SegmentOptions options;
    };
    struct RawNote {
        std::string name;
        std::uint32_t type;
        Bytes descriptor;
    };

    [[nodiscard]] std::vector<RawNote> notes() const;
    [[nodiscard]] Bytes thread_descriptor(const ThreadNote& thread) const;
    [[nodiscard]] Bytes files_descriptor() const;

    Machine machine_ = Machine::x86_64;
    std::vector<Load> loads_;
    std::vector<ThreadNote> threads_;
    std::optional<ProcessInfo> process_;
    std::optional<SignalNote> signal_;
    std::vector<AuxiliaryValue> auxiliary_;
    std::vector<MappedFile> files_;
    std::vector<RawNote> extra_notes_;
    bool written_by_gdb_ = false;
    std::vector<std::function<void(Elf64_Ehdr&)>> header_changes_;
    std::vector<std::function<void(std::vector<Elf64_Phdr>&)>> program_header_changes_;
};

/// What `CoreFile::open` says about these bytes in a plain file.
Result<CoreFile> open_core(std::span<const std::byte> bytes, const Limits& limits = {});

}  // namespace pycore::test
