#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <bit>
#include <new>

#include "elf/decoder.hpp"

namespace pycore {
namespace {

struct FreeStream {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class ZstdDecoder final : public Decoder {
public:
    explicit ZstdDecoder(std::uint64_t max_memory) : stream_(ZSTD_createDStream())
    {
        if (!stream_) {
            throw std::bad_alloc();
        }
        // `zstd --long=31` is the widest there is: 2 GiB, though never more than the whole frame.
        const int widest = std::clamp(static_cast<int>(std::bit_width(max_memory)) - 1, 10, 31);
        ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, widest);
    }

    Result<Step> step(std::span<const std::byte> in, std::span<std::byte> out, bool) override
    {
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        const std::size_t left = ZSTD_decompressStream(stream_.get(), &to, &from);
        if (ZSTD_isError(left) != 0) {
            if (ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge) {
                return Fault{FaultCode::limit_reached, 0, "zstd window"};
            }
            return Fault{FaultCode::bad_format, 0, "zstd stream"};
        }
        // Asked again at the end of a frame without input, zstd wants the next frame's header.
        complete_ = left == 0 || (complete_ && from.pos == 0 && to.pos == 0);
        return Step{.consumed = from.pos, .produced = to.pos, .complete = complete_};
    }

private:
    std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
    bool complete_ = false;
};

}  // namespace

MadeDecoder make_zstd_decoder(std::uint64_t max_memory)
{
    return std::unique_ptr<Decoder>(std::make_unique<ZstdDecoder>(max_memory));
}

}  // namespace pycore
