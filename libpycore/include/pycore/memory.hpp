#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>

#include "pycore/address.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// What can be read as plain bytes: integers, enums and structs of them; never pointers, because
/// an address of the process is an `Address`.
template <class T>
concept Readable =
    std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T> && !std::is_pointer_v<T>;

/// The memory of the crashed process. Implementations answer one question, `read_some`; loops,
/// typed reads and C strings sit on top, once.
class Memory {
public:
    Memory() = default;
    Memory(const Memory&) = default;
    Memory(Memory&&) = default;
    Memory& operator=(const Memory&) = default;
    Memory& operator=(Memory&&) = default;
    virtual ~Memory() = default;

    /// Fills all of `out`, or reports the first address that could not be read. A read may span
    /// several segments. On a fault the contents of `out` are unspecified.
    Result<void> read_bytes(Address at, std::span<std::byte> out, Label what) const;

    /// One value in the byte order of the process (little-endian, as the host's).
    template <Readable T>
    Result<T> read(Address at, Label what) const
    {
        T value{};
        if (const auto done = read_bytes(at, std::as_writable_bytes(std::span(&value, 1)), what);
            !done) {
            return done.fault();
        }
        return value;
    }

    /// The bytes before the first NUL. `limit_reached` when there is none within `max_bytes`.
    Result<std::string> read_c_string(Address at, std::size_t max_bytes, Label what) const;

private:
    /// Reads between 1 and `out.size()` bytes from `at` on, and says how many. `out` is never
    /// empty. May stop early for any reason of its own; the caller comes back for the rest.
    virtual Result<std::size_t> read_some(Address at,
                                          std::span<std::byte> out,
                                          Label what) const = 0;
};

}  // namespace pycore
