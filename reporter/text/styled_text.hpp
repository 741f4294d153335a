#pragma once

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
    StyledText(std::ostream& out, const Presentation& how) : out_(out), color_(how.color) {}

    StyledText& plain(std::string_view ours);
    StyledText& quoted(std::string_view from_core) { return plain(to_printable(from_core)); }
    StyledText& styled(Style style, std::string_view from_core);

private:
    std::ostream& out_;
    bool color_;
};

}  // namespace pycore
