#include "elf/decoder.hpp"

#if PYCORE_HAVE_LZMA
#include <lzma.h>

#include <new>
#endif

namespace pycore {

#if PYCORE_HAVE_LZMA
namespace {

class XzDecoder final : public Decoder {
public:
    explicit XzDecoder(std::uint64_t max_memory)
    {
        if (lzma_stream_decoder(&stream_, max_memory, LZMA_CONCATENATED) != LZMA_OK) {
            throw std::bad_alloc();
        }
    }
    XzDecoder(const XzDecoder&) = delete;
    XzDecoder(XzDecoder&&) = delete;
    XzDecoder& operator=(const XzDecoder&) = delete;
    XzDecoder& operator=(XzDecoder&&) = delete;
    ~XzDecoder() override { lzma_end(&stream_); }

    Result<Step> step(std::span<const std::byte> in, std::span<std::byte> out, bool last) override
    {
        stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
        stream_.avail_in = in.size();
        stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
        stream_.avail_out = out.size();
        const lzma_ret result = lzma_code(&stream_, last ? LZMA_FINISH : LZMA_RUN);
        const Step step{.consumed = in.size() - stream_.avail_in,
                        .produced = out.size() - stream_.avail_out,
                        .complete = result == LZMA_STREAM_END};
        if (result == LZMA_MEMLIMIT_ERROR) {
            return Fault{FaultCode::limit_reached, 0, "xz dictionary"};
        }
        // What came out together with an error is good, and the error comes again.
        const bool usable = result == LZMA_OK || result == LZMA_STREAM_END ||
                            result == LZMA_BUF_ERROR || step.produced > 0;
        return usable ? Result(step) : Fault{FaultCode::bad_format, 0, "xz stream"};
    }

private:
    lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

MadeDecoder make_xz_decoder(std::uint64_t max_memory)
{
    return std::unique_ptr<Decoder>(std::make_unique<XzDecoder>(max_memory));
}
#else
MadeDecoder make_xz_decoder(std::uint64_t)
{
    return Fault{FaultCode::unsupported, 0, "xz"};
}
#endif

}  // namespace pycore
