#include "elf/mini_debug_info.hpp"

#include <sys/mman.h>
#include <unistd.h>

#ifdef PYCORE_HAVE_LZMA
#include <lzma.h>
#endif

namespace pycore {
namespace {

// Fedora's largest are below 2 MiB unpacked.
constexpr std::size_t largest_packed = 16 << 20;
constexpr std::size_t largest_unpacked = 64 << 20;

#ifdef PYCORE_HAVE_LZMA
std::vector<std::byte> unpack_xz(std::span<const std::byte> packed)
{
    constexpr std::uint64_t memory_limit = 64 << 20;
    lzma_stream stream = LZMA_STREAM_INIT;
    if (lzma_stream_decoder(&stream, memory_limit, 0) != LZMA_OK) {
        return {};
    }
    stream.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
    stream.avail_in = packed.size();
    std::vector<std::byte> unpacked(packed.size() * 4);
    lzma_ret status = LZMA_OK;
    while (status == LZMA_OK) {
        if (stream.total_out == unpacked.size()) {
            unpacked.resize(unpacked.size() * 2);
        }
        const auto done = static_cast<std::size_t>(stream.total_out);
        stream.next_out = reinterpret_cast<std::uint8_t*>(unpacked.data() + done);
        stream.avail_out = unpacked.size() - done;
        status = unpacked.size() > largest_unpacked ? LZMA_MEMLIMIT_ERROR
                                                    : lzma_code(&stream, LZMA_FINISH);
    }
    unpacked.resize(status == LZMA_STREAM_END ? static_cast<std::size_t>(stream.total_out) : 0);
    lzma_end(&stream);
    return unpacked;
}
#else
std::vector<std::byte> unpack_xz(std::span<const std::byte>)
{
    return {};
}
#endif

}  // namespace

std::shared_ptr<const ElfFile> open_elf_in_memory(std::span<const std::byte> bytes)
{
    FileDescriptor file(::memfd_create("elf", MFD_CLOEXEC));
    if (!file || bytes.empty() ||
        ::write(file.number(), bytes.data(), bytes.size()) != std::ssize(bytes)) {
        return nullptr;
    }
    const auto input = InputFile::adopt(std::move(file), InputFile::module_cache);
    const auto elf = input ? ElfFile::open(*input) : input.fault();
    return elf ? *elf : nullptr;
}

std::shared_ptr<const ElfFile> open_mini_debug_info(const ElfFile& file)
{
    const auto section = file.find_section(".gnu_debugdata");
    if (!section || section->size > largest_packed) {
        return nullptr;
    }
    std::vector<std::byte> packed(static_cast<std::size_t>(section->size));
    if (!file.input()->read_bytes(section->file_offset, packed, ".gnu_debugdata")) {
        return nullptr;
    }
    return open_elf_in_memory(unpack_xz(packed));
}

}  // namespace pycore
