#include <algorithm>
#include <cstring>
#include <utility>

#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

template <class T>
void put(Bytes& bytes, std::size_t at, const T& value)
{
    std::memcpy(bytes.data() + at, &value, sizeof(value));
}

void put_text(Bytes& bytes, std::size_t at, std::size_t room, std::string_view text)
{
    std::memcpy(bytes.data() + at, text.data(), std::min(room, text.size()));
}

// The offsets below are those of `struct elf_prstatus`, `elf_prpsinfo` and `siginfo_t` of 64-bit
// Linux, written down a second time: a test must not take them from what it tests.
Bytes process_descriptor(const ProcessInfo& process)
{
    Bytes bytes(136);
    put(bytes, 16, process.uid);
    put(bytes, 20, process.gid);
    put(bytes, 24, process.pid);
    put(bytes, 28, process.ppid);
    put_text(bytes, 40, 16, process.command);
    put_text(bytes, 56, 80, process.arguments);
    return bytes;
}

Bytes signal_descriptor(const SignalNote& signal)
{
    Bytes bytes(128);
    put(bytes, 0, signal.number);
    put(bytes, 8, signal.code);
    put(bytes, 16, signal.fault_address.value);
    if (signal.sender_pid != 0) {
        put(bytes, 16, signal.sender_pid);
        put(bytes, 20, signal.sender_uid);
    }
    return bytes;
}

}  // namespace

Bytes CoreBuilder::thread_descriptor(const ThreadNote& thread) const
{
    const bool x86 = machine_ == Machine::x86_64;
    Bytes bytes(x86 ? 336 : 392);
    put(bytes, 12, thread.signal);
    put(bytes, 32, thread.tid);
    put(bytes, 112 + (x86 ? 16 : 32) * 8, thread.pc.value);
    put(bytes, 112 + (x86 ? 19 : 31) * 8, thread.sp.value);
    if (x86) {
        put(bytes, 112 + 21 * 8, thread.thread_pointer.value);
    }
    return bytes;
}

Bytes CoreBuilder::files_descriptor() const
{
    Bytes bytes;
    append(bytes, std::uint64_t{files_.size()});
    append(bytes, std::uint64_t{4096});
    for (const MappedFile& file : files_) {
        append(bytes, file.range.low().value);
        append(bytes, file.range.high().value);
        append(bytes, file.file_offset / std::uint64_t{4096});
    }
    for (const MappedFile& file : files_) {
        const Bytes path = bytes_of(file.path);
        bytes.insert(bytes.end(), path.begin(), path.end());
        bytes.push_back(std::byte{0});
    }
    return bytes;
}

std::vector<CoreBuilder::RawNote> CoreBuilder::notes() const
{
    std::vector<RawNote> first_thread;
    std::vector<RawNote> of_process;
    std::vector<RawNote> other_threads;
    for (const ThreadNote& thread : threads_) {
        auto& list = first_thread.empty() ? first_thread : other_threads;
        list.push_back({"CORE", NT_PRSTATUS, thread_descriptor(thread)});
        if (machine_ == Machine::aarch64) {
            Bytes tls;
            append(tls, thread.thread_pointer.value);
            list.push_back({"LINUX", NT_ARM_TLS, std::move(tls)});
        }
    }
    if (process_) {
        of_process.push_back({"CORE", NT_PRPSINFO, process_descriptor(*process_)});
    }
    if (signal_) {
        of_process.push_back({"CORE", NT_SIGINFO, signal_descriptor(*signal_)});
    }
    if (!auxiliary_.empty()) {
        Bytes pairs;
        for (const AuxiliaryValue& pair : auxiliary_) {
            append(pairs, pair);
        }
        append(pairs, AuxiliaryValue{});
        of_process.push_back({"CORE", NT_AUXV, std::move(pairs)});
    }
    if (!files_.empty()) {
        of_process.push_back({"CORE", NT_FILE, files_descriptor()});
    }
    std::vector<RawNote> all = written_by_gdb_ ? of_process : first_thread;
    const auto add = [&all](const std::vector<RawNote>& more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    add(written_by_gdb_ ? first_thread : of_process);
    add(other_threads);
    if (written_by_gdb_) {
        all.push_back({"GDB", 0xff000000, bytes_of("<target/>")});
    }
    add(extra_notes_);
    return all;
}

}  // namespace pycore::test
