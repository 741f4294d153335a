#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "pycore/core_file.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// Unpacks one compression, piece by piece. Members and frames that follow one another are one
/// stream.
class Decoder {
public:
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        bool complete = false;  ///< the stream may end here
    };

    Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder(Decoder&&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    Decoder& operator=(Decoder&&) = delete;
    virtual ~Decoder() = default;

    /// Unpacks some of `in` into `out`, which is not empty. `last` says that nothing follows `in`.
    /// A step that neither consumes nor produces wants more input.
    virtual Result<Step> step(std::span<const std::byte> in,
                              std::span<std::byte> out,
                              bool last) = 0;
};

/// How a file that begins with `first` is compressed, whatever its name says.
[[nodiscard]] Compression recognise_compression(std::span<const std::byte> first) noexcept;

/// `unsupported` (the label is the compression's name) where the library was built without it. For
/// `Compression::none` the decoder copies. `max_memory` bounds the window that a file may ask for.
Result<std::unique_ptr<Decoder>> make_decoder(Compression compression, std::uint64_t max_memory);

using MadeDecoder = Result<std::unique_ptr<Decoder>>;
MadeDecoder make_zstd_decoder(std::uint64_t max_memory);
MadeDecoder make_lz4_decoder();
MadeDecoder make_xz_decoder(std::uint64_t max_memory);
MadeDecoder make_gzip_decoder();

}  // namespace pycore
