#include "elf/decoder.hpp"

#if PYCORE_HAVE_LZ4
#include <lz4frame.h>

#include <new>
#endif

namespace pycore {

#if PYCORE_HAVE_LZ4
namespace {

struct FreeContext {
    void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
};

class Lz4Decoder final : public Decoder {
public:
    Lz4Decoder()
    {
        LZ4F_dctx* context = nullptr;
        if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) != 0) {
            throw std::bad_alloc();
        }
        context_.reset(context);
    }

    Result<Step> step(std::span<const std::byte> in, std::span<std::byte> out, bool) override
    {
        std::size_t consumed = in.size();
        std::size_t produced = out.size();
        const std::size_t left =
            LZ4F_decompress(context_.get(), out.data(), &produced, in.data(), &consumed, nullptr);
        if (LZ4F_isError(left) != 0) {
            return Fault{FaultCode::bad_format, 0, "lz4 stream"};
        }
        complete_ = left == 0 || (complete_ && consumed == 0 && produced == 0);
        return Step{.consumed = consumed, .produced = produced, .complete = complete_};
    }

private:
    std::unique_ptr<LZ4F_dctx, FreeContext> context_;
    bool complete_ = false;
};

}  // namespace

MadeDecoder make_lz4_decoder()
{
    return std::unique_ptr<Decoder>(std::make_unique<Lz4Decoder>());
}
#else
MadeDecoder make_lz4_decoder()
{
    return Fault{FaultCode::unsupported, 0, "lz4"};
}
#endif

}  // namespace pycore
