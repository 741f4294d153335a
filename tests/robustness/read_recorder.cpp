#include "read_recorder.hpp"

#include <optional>
#include <span>

#include "pycore/memory.hpp"

namespace pycore::robustness {
namespace {

std::optional<Reads>& recording()
{
    static std::optional<Reads> reads;
    return reads;
}

}  // namespace

void start_recording()
{
    recording().emplace();
}

Reads stop_recording()
{
    Reads reads = std::move(recording()).value_or(Reads{});
    recording().reset();
    return reads;
}

// The linker sends every call of `Memory::read_bytes` to `wrapped` (--wrap, see CMakeLists.txt),
// and calls of `original` to the library: so the reads of a complete analysis are seen without a
// seam for it in the library.
#define PYCORE_READ_BYTES \
    "_ZNK6pycore6Memory10read_bytesENS_7AddressESt4spanISt4byteLm18446744073709551615EENS_5LabelE"

Result<void> original(const Memory* memory,
                      Address at,
                      std::span<std::byte> out,
                      Label what) asm("__real_" PYCORE_READ_BYTES);
Result<void> wrapped(const Memory* memory,
                     Address at,
                     std::span<std::byte> out,
                     Label what) asm("__wrap_" PYCORE_READ_BYTES);

Result<void> wrapped(const Memory* memory, Address at, std::span<std::byte> out, Label what)
{
    if (recording()) {
        (*recording())[std::string(what.text())].emplace_back(at, out.size());
    }
    return original(memory, at, out, what);
}

}  // namespace pycore::robustness
