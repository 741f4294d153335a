#pragma once

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string_view>

#include "format.hpp"
#include "pycore/text.hpp"

namespace pycore {

enum class Style : std::uint8_t { plain, headline, heading, place, warning, faint };

/// Writes to a stream what a terminal may show. Text that comes from the core goes through `quoted`
/// or `styled`, which make it printable; only what we wrote ourselves goes through `plain`.
class StyledText {
public:
    StyledText(std::ostream& out, const Presentation& how)
        : out_(out), color_(how.color), width_(std::max(how.width, least_width))
    {
    }

    /// Columns of a line.
    [[nodiscard]] std::size_t width() const noexcept { return width_; }

    StyledText& plain(std::string_view ours);
    StyledText& quoted(std::string_view from_core) { return plain(to_printable(from_core)); }
    StyledText& styled(Style style, std::string_view from_core);

private:
    static constexpr std::size_t least_width = 40;

    std::ostream& out_;
    bool color_;
    std::size_t width_;
};

}  // namespace pycore
