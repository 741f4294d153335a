#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "pycore/core_file.hpp"
#include "read_recorder.hpp"

namespace pycore::robustness {

/// A part of the core file whose bytes decide what the analysis does.
struct Target {
    std::string name;
    struct Run {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        friend auto operator<=>(const Run&, const Run&) = default;
    };
    std::vector<Run> runs;  ///< in the core file
};

/// Headers, notes, first pages of mapped ELF files, and each kind of thing that was read.
[[nodiscard]] std::vector<Target> find_targets(std::span<const std::byte> file,
                                               const CoreFile& core,
                                               const Reads& reads);

/// One broken core: some bytes changed, or the file cut short.
struct Case {
    enum class Kind : std::uint8_t { corruption, cut } kind = Kind::corruption;
    std::uint64_t offset = 0;      ///< of the first byte, or the size that is left
    std::vector<std::byte> bytes;  ///< what the bytes there become
    std::string target;
};

/// For a person: "byte 0x1234 (code object) becomes 0xff".
[[nodiscard]] std::string describe(const Case& broken);

/// Another value for a byte: often one bit of it is flipped, or it becomes a limit.
[[nodiscard]] std::byte another_value(std::byte old, std::mt19937_64& random);

/// `count` corruptions, taking the targets in turn. The same seed gives the same cases with every
/// compiler and library.
[[nodiscard]] std::vector<Case> choose_corruptions(std::span<const std::byte> file,
                                                   std::span<const Target> targets,
                                                   std::uint64_t seed,
                                                   std::size_t count);

/// `count` cuts spread evenly over the file.
[[nodiscard]] std::vector<Case> choose_cuts(std::uint64_t file_size, std::size_t count);

}  // namespace pycore::robustness
