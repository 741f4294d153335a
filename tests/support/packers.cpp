#include "support/packers.hpp"

#include <zstd.h>

#include <stdexcept>
#if PYCORE_HAVE_LZ4
#include <lz4frame.h>
#endif
#if PYCORE_HAVE_LZMA
#include <lzma.h>
#endif
#if PYCORE_HAVE_ZLIB
#include <zlib.h>
#endif

namespace pycore::test {
namespace {

void require(bool done)
{
    if (!done) {
        throw std::runtime_error("packing failed");
    }
}

#if PYCORE_HAVE_LZ4
Bytes pack_lz4(const Bytes& bytes)
{
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    Bytes packed(LZ4F_compressFrameBound(bytes.size(), &preferences));
    const std::size_t size =
        LZ4F_compressFrame(packed.data(), packed.size(), bytes.data(), bytes.size(), &preferences);
    require(LZ4F_isError(size) == 0);
    packed.resize(size);
    return packed;
}
#endif

#if PYCORE_HAVE_LZMA
Bytes pack_xz(const Bytes& bytes)
{
    Bytes packed(lzma_stream_buffer_bound(bytes.size()));
    std::size_t size = 0;
    require(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, nullptr,
                                    reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                    bytes.size(), reinterpret_cast<std::uint8_t*>(packed.data()),
                                    &size, packed.size()) == LZMA_OK);
    packed.resize(size);
    return packed;
}
#endif

#if PYCORE_HAVE_ZLIB
Bytes pack_gzip(const Bytes& bytes)
{
    z_stream stream{};
    require(deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    Bytes packed(deflateBound(&stream, bytes.size()) + 32);
    Bytes input = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}
#endif

}  // namespace

Bytes pack_zstd(const Bytes& bytes, int window)
{
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    require(context != nullptr);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    // As a stream of unknown size: a frame that knows its size asks for no more than that.
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    if (window > 0) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window);
    }
    Bytes packed(ZSTD_compressBound(bytes.size()));
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    // In two steps, as one would tell it the size after all.
    require(ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)) == 0);
    require(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end) == 0);
    ZSTD_freeCCtx(context);
    packed.resize(out.pos);
    return packed;
}

Bytes pack_zstd(const Bytes& bytes)
{
    return pack_zstd(bytes, 0);
}

std::vector<Packer> all_packers()
{
    return
    {
        {Compression::zstd, pack_zstd},
#if PYCORE_HAVE_LZ4
            {Compression::lz4, pack_lz4},
#endif
#if PYCORE_HAVE_LZMA
            {Compression::xz, pack_xz},
#endif
#if PYCORE_HAVE_ZLIB
            {Compression::gzip, pack_gzip},
#endif
    };
}

}  // namespace pycore::test
