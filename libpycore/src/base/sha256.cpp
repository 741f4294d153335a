#include "base/sha256.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace pycore {
namespace {

// The names are those of FIPS 180-4: sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.2.
using Word = std::uint32_t;
using Hash = std::array<Word, 8>;

constexpr std::size_t block_size = 64;

constexpr std::array<Word, 64> k{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr Hash initial{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

Word small_sigma(Word x, int one, int two, int shift)
{
    return std::rotr(x, one) ^ std::rotr(x, two) ^ (x >> shift);
}

Word large_sigma(Word x, int one, int two, int three)
{
    return std::rotr(x, one) ^ std::rotr(x, two) ^ std::rotr(x, three);
}

std::array<Word, 64> schedule(std::string_view block)
{
    std::array<Word, 64> w{};
    for (std::size_t t = 0; t < 16; ++t) {
        for (std::size_t byte = 0; byte < 4; ++byte) {
            w[t] = (w[t] << 8U) | static_cast<unsigned char>(block[t * 4 + byte]);
        }
    }
    for (std::size_t t = 16; t < w.size(); ++t) {
        w[t] = small_sigma(w[t - 2], 17, 19, 10) + w[t - 7] + small_sigma(w[t - 15], 7, 18, 3) +
               w[t - 16];
    }
    return w;
}

void add_block(Hash& hash, std::string_view block)
{
    const auto w = schedule(block);
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t t = 0; t < w.size(); ++t) {
        const Word choice = (e & f) ^ (~e & g);
        const Word majority = (a & b) ^ (a & c) ^ (b & c);
        const Word t1 = h + large_sigma(e, 6, 11, 25) + choice + k[t] + w[t];
        const Word t2 = large_sigma(a, 2, 13, 22) + majority;
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const Hash step{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < hash.size(); ++i) {
        hash[i] += step[i];
    }
}

/// What is behind the last whole block, a one bit, zeros, and the length in bits.
std::string padded(std::string_view rest, std::uint64_t size)
{
    std::string last(rest);
    last.push_back('\x80');
    while (last.size() % block_size != block_size - sizeof size) {
        last.push_back('\0');
    }
    for (std::size_t byte = 0; byte < sizeof size; ++byte) {
        last.push_back(static_cast<char>((size * 8) >> (56 - 8 * byte)));
    }
    return last;
}

}  // namespace

std::string sha256_hex(std::string_view text)
{
    const std::uint64_t size = text.size();
    Hash hash = initial;
    for (; text.size() >= block_size; text.remove_prefix(block_size)) {
        add_block(hash, text.substr(0, block_size));
    }
    const std::string last = padded(text, size);
    for (std::size_t at = 0; at < last.size(); at += block_size) {
        add_block(hash, std::string_view(last).substr(at, block_size));
    }
    std::string hex;
    for (const Word word : hash) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            hex.push_back("0123456789abcdef"[(word >> static_cast<unsigned>(shift)) & 0xFU]);
        }
    }
    return hex;
}

}  // namespace pycore
