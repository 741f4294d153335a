#pragma once

#include <vector>

#include "support/core_builder.hpp"

namespace pycore::test {

/// Packs with the libraries that the decoders are built on, as other programs do.
struct Packer {
    Compression compression = Compression::none;
    Bytes (*pack)(const Bytes& bytes) = nullptr;
};

/// One for each compression of this build.
std::vector<Packer> all_packers();

/// `window` is the base-2 logarithm of the window that unpacking needs; 0 leaves it to zstd.
Bytes pack_zstd(const Bytes& bytes, int window);
Bytes pack_zstd(const Bytes& bytes);

}  // namespace pycore::test
