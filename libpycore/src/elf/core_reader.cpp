#include "elf/core_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/try.hpp"
#include "elf/load_segments.hpp"

namespace pycore {

CoreReader::CoreReader(std::shared_ptr<const InputFile> input, const Limits& limits)
    : read_(input->reader()), limits_(limits)
{
    core_.size_ = input->size();
    core_.input_ = std::move(input);
}

Result<CoreFile> CoreReader::read()
{
    PYCORE_CHECK(read_header());
    PYCORE_CHECK(read_program_headers());
    choose_signal();
    return std::move(core_);
}

void CoreReader::lose(const Fault& fault, std::string message)
{
    // A hostile core may have millions of broken notes.
    if (core_.problems_.size() < limits_.max_warnings) {
        core_.problems_.push_back({.fault = fault, .message = std::move(message)});
    }
}

Result<void> CoreReader::read_header()
{
    if (core_.size_ == 0) {
        return Fault{FaultCode::bad_format, 0, "empty file"};
    }
    PYCORE_TRY(header_, read_elf_header(read_, 0));
    if (header_.e_type != ET_CORE) {
        return Fault{FaultCode::bad_format, header_.e_type, "ELF type"};
    }
    switch (header_.e_machine) {
    case EM_X86_64: core_.machine_ = Machine::x86_64; return {};
    case EM_AARCH64: core_.machine_ = Machine::aarch64; return {};
    default: return Fault{FaultCode::unsupported, header_.e_machine, "ELF machine"};
    }
}

Result<std::uint64_t> CoreReader::count_of_program_headers()
{
    if (header_.e_phnum != PN_XNUM) {
        return std::uint64_t{header_.e_phnum};
    }
    // More than 65534: the count is in a section header made for nothing else.
    Elf64_Shdr section{};
    PYCORE_CHECK(
        read_(header_.e_shoff, std::as_writable_bytes(std::span(&section, 1)), "section header 0"));
    return std::uint64_t{section.sh_info};
}

Result<void> CoreReader::read_program_headers()
{
    std::uint64_t count = 0;
    if (const auto counted = count_of_program_headers()) {
        count = *counted;
    } else {
        lose(counted.fault(), "the number of program headers cannot be read");
        count = PN_XNUM;  // at least as many
    }
    if (count > limits_.max_segments) {
        lose({FaultCode::limit_reached, count, "program headers"},
             "the core has more segments than are looked at");
        count = limits_.max_segments;
    }
    const auto headers = pycore::read_program_headers(read_, 0, header_, count);
    if (headers.items.empty()) {
        return headers.fault.value_or(Fault{FaultCode::bad_format, 0, "program headers"});
    }
    if (headers.stop == Stop::fault) {
        core_.truncated_ = true;
        lose(*headers.fault, "the core ends within its program headers");
    }
    // Registers need the machine only, so notes and segments may come in any order.
    for (const Elf64_Phdr& entry : headers.items) {
        if (entry.p_type == PT_LOAD) {
            add_segment(entry);
        } else if (entry.p_type == PT_NOTE) {
            read_notes(entry);
        }
    }
    if (lost_segments_ > 0) {
        lose({FaultCode::bad_format, lost_segments_, "program headers"},
             std::to_string(lost_segments_) + " segments wrap around the address space");
    }
    core_.segments_ = make_disjoint(std::move(core_.segments_));
    return {};
}

void CoreReader::add_segment(const Elf64_Phdr& entry)
{
    const auto range = AddressRange::make(Address{entry.p_vaddr}, entry.p_memsz);
    if (!range) {
        ++lost_segments_;
        return;
    }
    const std::uint64_t promised = std::min(entry.p_filesz, entry.p_memsz);
    const std::uint64_t there = core_.size_ - std::min(core_.size_, entry.p_offset);
    const std::uint64_t saved = std::min(promised, there);
    core_.truncated_ = core_.truncated_ || saved < promised;
    core_.segments_.push_back({.range = *range,
                               .file_offset = entry.p_offset,
                               .promised = promised,
                               .saved = saved,
                               .readable = (entry.p_flags & PF_R) != 0,
                               .writable = (entry.p_flags & PF_W) != 0,
                               .executable = (entry.p_flags & PF_X) != 0});
}

}  // namespace pycore
