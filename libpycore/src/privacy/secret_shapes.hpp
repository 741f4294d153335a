#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pycore {

/// Bytes of a text, from `begin` up to and without `end`.
struct TextSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Adds where `text` holds what looks like a secret whatever its name: PEM blocks, JSON web tokens,
/// keys of well-known services, what stands before the @ of a URL, and bearer tokens. Linear in the
/// length of the text.
void find_secret_shapes(std::string_view text, std::vector<TextSpan>& spans);

}  // namespace pycore
