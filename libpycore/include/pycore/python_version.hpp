#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace pycore {

/// A CPython version, ordered as releases are. `level` and `serial` are those of PY_VERSION_HEX:
/// 0xA alpha, 0xB beta, 0xC candidate, 0xF final.
struct PythonVersion {
    std::uint8_t major = 0;
    std::uint8_t minor = 0;
    std::uint8_t micro = 0;
    std::uint8_t level = 0xF;
    std::uint8_t serial = 0;

    friend constexpr auto operator<=>(const PythonVersion&,
                                      const PythonVersion&) noexcept = default;

    /// From PY_VERSION_HEX, 0xMMmmuuLS.
    [[nodiscard]] static constexpr PythonVersion from_hex(std::uint32_t hex) noexcept
    {
        return PythonVersion{
            .major = static_cast<std::uint8_t>(hex >> 24),
            .minor = static_cast<std::uint8_t>(hex >> 16),
            .micro = static_cast<std::uint8_t>(hex >> 8),
            .level = static_cast<std::uint8_t>((hex >> 4) & 0xF),
            .serial = static_cast<std::uint8_t>(hex & 0xF),
        };
    }
};

/// "3.13.5", "3.15.0rc1".
[[nodiscard]] std::string to_string(const PythonVersion& version);

/// How a CPython was built; layouts differ between them.
struct Flavour {
    bool debug = false;          ///< --with-pydebug
    bool free_threaded = false;  ///< --disable-gil

    friend constexpr bool operator==(const Flavour&, const Flavour&) noexcept = default;
};

}  // namespace pycore
