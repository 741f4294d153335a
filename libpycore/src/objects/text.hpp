#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The value of the `str` at `at` as valid UTF-8. Lone surrogates and code points past U+10FFFF
/// become visible text (`\udc80`, `\U00110000`). `bad_format` when the object is no str,
/// `limit_reached` when it is longer than `limits.max_text_bytes`.
Result<std::string> read_text(const Memory& memory,
                              const Layout& layout,
                              Address at,
                              const Limits& limits);

/// The first characters of a str, as code points.
struct TextPrefix {
    std::u32string characters;
    bool cut = false;  ///< there are more
};

/// At most `max_characters` of the `str` at `at`, whatever they are. `bad_format` when the object
/// is no str.
Result<TextPrefix> read_text_prefix(const Memory& memory,
                                    const Layout& layout,
                                    Address at,
                                    std::size_t max_characters);

/// True when the object at `at` is a str with exactly this ASCII value. An unreadable one is not.
[[nodiscard]] bool text_equals(const Memory& memory,
                               const Layout& layout,
                               Address at,
                               std::string_view ascii);

/// Appends one code point as UTF-8, or as visible text when UTF-8 cannot hold it.
void append_code_point(std::string& out, std::uint32_t code_point);

}  // namespace pycore
