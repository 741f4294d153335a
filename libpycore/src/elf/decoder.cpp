#include "elf/decoder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace pycore {
namespace {

/// A plain core from a pipe.
class CopyDecoder final : public Decoder {
public:
    Result<Step> step(std::span<const std::byte> in, std::span<std::byte> out, bool) override
    {
        const std::size_t count = std::min(in.size(), out.size());
        std::copy_n(in.begin(), count, out.begin());
        return Step{.consumed = count, .produced = count, .complete = true};
    }
};

bool begins_with(std::span<const std::byte> bytes, std::string_view magic)
{
    return bytes.size() >= magic.size() &&
           std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

/// pzstd and others put a frame in front that decoders skip: 0x184D2A50 to 0x184D2A5F.
bool begins_with_skippable_frame(std::span<const std::byte> bytes)
{
    return bytes.size() >= 4 && (bytes[0] & std::byte{0xf0}) == std::byte{0x50} &&
           begins_with(bytes.subspan(1), "\x2a\x4d\x18");
}

}  // namespace

Compression recognise_compression(std::span<const std::byte> first) noexcept
{
    using namespace std::string_view_literals;
    if (begins_with(first, "\x28\xb5\x2f\xfd"sv) || begins_with_skippable_frame(first)) {
        return Compression::zstd;
    }
    if (begins_with(first, "\x04\x22\x4d\x18"sv)) {
        return Compression::lz4;
    }
    if (begins_with(first, "\xfd\x37zXZ\0"sv)) {
        return Compression::xz;
    }
    if (begins_with(first, "\x1f\x8b"sv)) {
        return Compression::gzip;
    }
    return Compression::none;
}

MadeDecoder make_decoder(Compression compression, std::uint64_t max_memory)
{
    switch (compression) {
    case Compression::none: break;
    case Compression::zstd: return make_zstd_decoder(max_memory);
    case Compression::lz4: return make_lz4_decoder();
    case Compression::xz: return make_xz_decoder(max_memory);
    case Compression::gzip: return make_gzip_decoder();
    }
    return std::unique_ptr<Decoder>(std::make_unique<CopyDecoder>());
}

}  // namespace pycore
