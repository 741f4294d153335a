#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/hint.hpp"

namespace pycore {

/// What one part of a signature tells.
enum class SignaturePart : std::uint8_t {
    kind,     ///< how it ended: "SIGSEGV/null", "HANG/deadlock"
    message,  ///< what it said of that, without numbers: "PyThreadState_Get"; a type it threw
    native,   ///< a C function: "memcpy", "codec!decode", "libfoo+0x12a0@1a2b3c4d"
    python    ///< a Python function: "app.orders.Order.total"; in a deadlock with its callers
};

/// The name reports use: "kind", "message", "native", "python".
[[nodiscard]] std::string_view name_of(SignaturePart part) noexcept;

struct SignatureComponent {
    SignaturePart part = SignaturePart::kind;
    std::string text;  ///< valid UTF-8, one line
};

/// What makes two crashes the same bug. It holds no address, pid, path, thread name, line or patch
/// release of Python, so that it is the same for the same bug in another run, on another host.
/// docs/signature.md says what goes in, and what can make it differ all the same.
struct Signature {
    std::string id;         ///< 64 lower-case hex digits
    std::string coarse_id;  ///< the same, of what is known without any ELF file: groups more
    std::string text;       ///< for people: at most 255 characters, one line
    std::vector<SignatureComponent> components;  ///< all that `id` is made of, in its order
    std::vector<std::string> notes;              ///< why it may differ for the same bug
    std::int32_t version = 1;                    ///< ids of different versions do not compare
    Confidence confidence = Confidence::low;
};

}  // namespace pycore
