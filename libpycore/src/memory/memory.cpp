#include "pycore/memory.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/try.hpp"

namespace pycore {

Result<void> Memory::read_bytes(Address at, std::span<std::byte> out, Label what) const
{
    while (!out.empty()) {
        PYCORE_TRY(const std::size_t count, read_some(at, out, what));
        if (count == out.size()) {
            return {};
        }
        const auto next = offset_by(at, count);
        if (!next || count == 0) {
            return Fault{FaultCode::unmapped, at.value, what};
        }
        out = out.subspan(count);
        at = *next;
    }
    return {};
}

Result<std::string> Memory::read_c_string(Address at, std::size_t max_bytes, Label what) const
{
    const Address start = at;
    std::string text;
    std::array<char, 256> buffer{};
    while (text.size() < max_bytes) {
        const auto part = std::span(buffer).first(std::min(buffer.size(), max_bytes - text.size()));
        PYCORE_TRY(const std::size_t count, read_some(at, std::as_writable_bytes(part), what));
        const std::string_view read(part.data(), std::min(count, part.size()));
        text.append(read.substr(0, read.find('\0')));
        if (read.find('\0') != std::string_view::npos) {
            return text;
        }
        const auto next = offset_by(at, count);
        if (!next || count == 0) {
            return Fault{FaultCode::unmapped, at.value, what};
        }
        at = *next;
    }
    return Fault{FaultCode::limit_reached, start.value, what};
}

}  // namespace pycore
