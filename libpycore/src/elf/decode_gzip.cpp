#include "elf/decoder.hpp"

#if PYCORE_HAVE_ZLIB
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#endif

namespace pycore {

#if PYCORE_HAVE_ZLIB
namespace {

constexpr int gzip_only = 16 + MAX_WBITS;

class GzipDecoder final : public Decoder {
public:
    GzipDecoder()
    {
        if (inflateInit2(&stream_, gzip_only) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    GzipDecoder(const GzipDecoder&) = delete;
    GzipDecoder(GzipDecoder&&) = delete;
    GzipDecoder& operator=(const GzipDecoder&) = delete;
    GzipDecoder& operator=(GzipDecoder&&) = delete;
    ~GzipDecoder() override { inflateEnd(&stream_); }

    Result<Step> step(std::span<const std::byte> in, std::span<std::byte> out, bool) override
    {
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        const auto in_size = static_cast<uInt>(std::min(in.size(), most));
        const auto out_size = static_cast<uInt>(std::min(out.size(), most));
        // zlib promises not to write there; its older headers just do not say so.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(in.data()));
        stream_.avail_in = in_size;
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = out_size;
        const int result = inflate(&stream_, Z_NO_FLUSH);
        const Step step{.consumed = in_size - stream_.avail_in,
                        .produced = out_size - stream_.avail_out};
        return judge(result, step);
    }

private:
    Result<Step> judge(int result, Step step)
    {
        const bool idle = step.consumed == 0 && step.produced == 0;
        complete_ = result == Z_STREAM_END || (complete_ && idle);
        step.complete = complete_;
        if (result == Z_STREAM_END) {
            inflateReset(&stream_);  // the next member, if there is one
        } else if (result != Z_OK && result != Z_BUF_ERROR && step.produced == 0) {
            return Fault{FaultCode::bad_format, 0, "gzip stream"};
        }
        return step;
    }

    z_stream stream_{};
    bool complete_ = false;
};

}  // namespace

MadeDecoder make_gzip_decoder()
{
    return std::unique_ptr<Decoder>(std::make_unique<GzipDecoder>());
}
#else
MadeDecoder make_gzip_decoder()
{
    return Fault{FaultCode::unsupported, 0, "gzip"};
}
#endif

}  // namespace pycore
