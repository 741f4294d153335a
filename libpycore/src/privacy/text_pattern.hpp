#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "privacy/secret_shapes.hpp"

namespace pycore {

/// A text to look for, as a user gives it: letters in either case, `*` stands for any characters
/// of one word. Takes time linear in the text, and in its own length.
class TextPattern {
public:
    explicit TextPattern(std::string_view pattern);

    /// Adds every place where it matches.
    void find(std::string_view text, std::vector<TextSpan>& spans) const;

    [[nodiscard]] bool matches(std::string_view text) const;

private:
    std::vector<std::string> parts_;  ///< between the stars, in lower case
    bool open_begin_ = false;         ///< begins with a star
    bool open_end_ = false;
};

}  // namespace pycore
