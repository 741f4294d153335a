#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pycore {

/// Line `number`, which counts from 1, without its end, in valid UTF-8; nothing where there is no
/// such line or it cannot be told.
using LineAt = std::function<std::optional<std::string>(std::int32_t number)>;

/// Of a longer line nothing is shown: cut, its columns would name places that are not there.
inline constexpr std::size_t longest_source_line = 16 << 10;

/// The bytes of a source file as lines, as CPython's compiler sees them: any of the three line
/// ends, no byte order mark, decoded as the file itself says (PEP 263). Of files in encodings other
/// than UTF-8 and Latin-1 only lines in ASCII are known.
class SourceText {
public:
    explicit SourceText(std::string bytes);

    [[nodiscard]] std::optional<std::string> line(std::int32_t number) const;

private:
    enum class Encoding : std::uint8_t { utf8, latin1, unknown };

    [[nodiscard]] std::string_view raw_line(std::size_t index) const;
    [[nodiscard]] Encoding find_encoding() const;

    std::string bytes_;
    std::vector<std::uint32_t> starts_;  ///< of each line, and the end of the last
    Encoding encoding_ = Encoding::utf8;
};

}  // namespace pycore
