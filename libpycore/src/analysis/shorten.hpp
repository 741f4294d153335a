#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pycore {

/// What a sentence holds of a name or message of the process, which may be a megabyte: at most
/// `most` bytes, and "..." where there was more.
[[nodiscard]] inline std::string shorten(std::string_view text, std::size_t most = 200)
{
    if (text.size() <= most) {
        return std::string(text);
    }
    // Not in the middle of a character.
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) {
        --most;
    }
    return std::string(text.substr(0, most)) + "...";
}

}  // namespace pycore
