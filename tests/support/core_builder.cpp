#include "support/core_builder.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr std::size_t page_size = 4096;

void pad(Bytes& bytes, std::size_t alignment)
{
    bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
}

void append_bytes(Bytes& bytes, std::span<const std::byte> more)
{
    bytes.insert(bytes.end(), more.begin(), more.end());
}

void append_note(Bytes& bytes,
                 const std::string& name,
                 std::uint32_t type,
                 std::span<const std::byte> descriptor)
{
    const Elf64_Nhdr header{.n_namesz = static_cast<Elf64_Word>(name.size() + 1),
                            .n_descsz = static_cast<Elf64_Word>(descriptor.size()),
                            .n_type = type};
    append(bytes, header);
    append_bytes(bytes, bytes_of(name));
    bytes.push_back(std::byte{0});
    pad(bytes, 4);
    append_bytes(bytes, descriptor);
    pad(bytes, 4);
}

Elf64_Ehdr make_header(Machine machine, std::size_t count)
{
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_CORE;
    header.e_machine = machine == Machine::x86_64 ? EM_X86_64 : EM_AARCH64;
    header.e_version = EV_CURRENT;
    header.e_phoff = sizeof(header);
    header.e_ehsize = sizeof(header);
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = static_cast<Elf64_Half>(count);
    return header;
}

Elf64_Word flags_of(const SegmentOptions& segment)
{
    return PF_R | (segment.writable ? Elf64_Word{PF_W} : 0) |
           (segment.executable ? Elf64_Word{PF_X} : 0);
}

}  // namespace

Bytes bytes_of(std::string_view text)
{
    const auto view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

CoreBuilder& CoreBuilder::machine(Machine machine)
{
    machine_ = machine;
    return *this;
}

CoreBuilder& CoreBuilder::segment(Address at, Bytes saved, SegmentOptions segment)
{
    segment.size = std::max<std::uint64_t>(segment.size, saved.size());
    loads_.push_back({.at = at, .saved = std::move(saved), .options = segment});
    return *this;
}

CoreBuilder& CoreBuilder::segment(Address at, std::string_view saved, SegmentOptions segment)
{
    return this->segment(at, bytes_of(saved), segment);
}

CoreBuilder& CoreBuilder::not_saved(Address at, std::uint64_t size, SegmentOptions segment)
{
    segment.size = size;
    return this->segment(at, Bytes{}, segment);
}

CoreBuilder& CoreBuilder::thread(const ThreadNote& thread)
{
    threads_.push_back(thread);
    return *this;
}

CoreBuilder& CoreBuilder::process(ProcessInfo process)
{
    process_ = std::move(process);
    return *this;
}

CoreBuilder& CoreBuilder::signal(const SignalNote& signal)
{
    signal_ = signal;
    return *this;
}

CoreBuilder& CoreBuilder::auxiliary(std::uint64_t type, std::uint64_t value)
{
    auxiliary_.push_back({.type = type, .value = value});
    return *this;
}

CoreBuilder& CoreBuilder::mapped_file(Address at,
                                      std::uint64_t size,
                                      std::uint64_t file_offset,
                                      std::string path)
{
    files_.push_back({.range = AddressRange::make(at, size).value(),
                      .file_offset = file_offset,
                      .path = std::move(path)});
    return *this;
}

CoreBuilder& CoreBuilder::note(std::string name, std::uint32_t type, Bytes descriptor)
{
    extra_notes_.push_back(
        {.name = std::move(name), .type = type, .descriptor = std::move(descriptor)});
    return *this;
}

CoreBuilder& CoreBuilder::written_by_gdb()
{
    written_by_gdb_ = true;
    return *this;
}

CoreBuilder& CoreBuilder::change_header(std::function<void(Elf64_Ehdr&)> change)
{
    header_changes_.push_back(std::move(change));
    return *this;
}

CoreBuilder& CoreBuilder::change_program_headers(
    std::function<void(std::vector<Elf64_Phdr>&)> change)
{
    program_header_changes_.push_back(std::move(change));
    return *this;
}

Bytes CoreBuilder::bytes() const
{
    Bytes note_bytes;
    for (const RawNote& note : notes()) {
        append_note(note_bytes, note.name, note.type, note.descriptor);
    }
    std::vector<Elf64_Phdr> headers(1 + loads_.size());
    Bytes body;
    const std::size_t start = sizeof(Elf64_Ehdr) + headers.size() * sizeof(Elf64_Phdr);
    headers[0].p_type = PT_NOTE;
    headers[0].p_offset = start;
    headers[0].p_filesz = note_bytes.size();
    append_bytes(body, note_bytes);
    for (std::size_t index = 0; index < loads_.size(); ++index) {
        const Load& load = loads_[index];
        pad(body, 16);
        headers[index + 1] = {.p_type = PT_LOAD,
                              .p_flags = flags_of(load.options),
                              .p_offset = start + body.size(),
                              .p_vaddr = load.at.value,
                              .p_paddr = 0,
                              .p_filesz = load.saved.size(),
                              .p_memsz = load.options.size,
                              .p_align = page_size};
        append_bytes(body, load.saved);
    }
    for (const auto& change : program_header_changes_) {
        change(headers);
    }
    Elf64_Ehdr header = make_header(machine_, headers.size());
    for (const auto& change : header_changes_) {
        change(header);
    }
    Bytes file;
    append(file, header);
    append_bytes(file, std::as_bytes(std::span(headers)));
    append_bytes(file, body);
    return file;
}

CoreFile CoreBuilder::open() const
{
    auto core = open_core(bytes());
    if (!core) {
        throw std::runtime_error(describe(core.fault()));
    }
    return std::move(*core);
}

Result<CoreFile> open_core(std::span<const std::byte> bytes, const Limits& limits)
{
    const TemporaryFolder folder;
    return CoreFile::open(folder.write("core", bytes), limits);
}

}  // namespace pycore::test
