#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pycore {

/// Why a read or a step failed.
enum class FaultCode : std::uint8_t {
    unmapped,       ///< the process had nothing at this address
    not_saved,      ///< the process had a page here, but neither the core nor a file holds it
    truncated,      ///< the file ends before the bytes it promises
    bad_format,     ///< the bytes are there and make no sense
    limit_reached,  ///< a cap of `Limits` stopped it
    unsupported,    ///< recognised, but not something this library decodes
    io_error,       ///< the operating system refused
    cancelled,      ///< the caller wanted no more of it
};

/// Names what was being read, as a noun: "thread state", "NT_PRSTATUS". Only string literals, so
/// a fault never owns memory and never dangles.
class Label {
public:
    consteval Label(const char* text) : text_(text) {}

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }
    friend constexpr bool operator==(const Label& a, const Label& b) noexcept
    {
        return std::string_view(a.text_) == b.text_;
    }

private:
    const char* text_;
};

/// What failed, where, and what was being read there. Never allocates.
struct Fault {
    FaultCode code;
    std::uint64_t where;  ///< an address of the process, or an offset in the file part `what`
    Label what;

    friend constexpr bool operator==(const Fault&, const Fault&) noexcept = default;
};

/// The code's name as reports spell it: "not_saved".
[[nodiscard]] std::string_view name_of(FaultCode code) noexcept;

/// For a person: "thread state at 0x7f10: not_saved".
[[nodiscard]] std::string describe(const Fault& fault);

}  // namespace pycore
