#pragma once

#include <cstdint>
#include <string_view>

namespace pycore {

/// The header of DT_GNU_HASH. A Bloom filter follows, buckets of first indexes, then chains of
/// hashes whose lowest bit marks the end.
struct GnuHashHeader {
    std::uint32_t buckets;
    std::uint32_t first_symbol;
    std::uint32_t filter_words;  ///< of 8 bytes
    std::uint32_t filter_shift;
};

constexpr std::uint32_t gnu_hash_of(std::string_view name)
{
    std::uint32_t hash = 5381;
    for (const char letter : name) {
        hash = hash * 33 + static_cast<unsigned char>(letter);
    }
    return hash;
}

}  // namespace pycore
