#include "crash/thread_local_storage.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <span>

namespace pycore {
namespace {

constexpr Label what = "thread-local storage";
constexpr std::size_t longest_function = 48;

/// Matches instructions one after another.
class CodeMatch {
public:
    explicit CodeMatch(std::span<const std::uint8_t> code) : code_(code) {}

    bool skip(std::initializer_list<std::uint8_t> bytes)
    {
        const auto rest = code_.subspan(at_);
        const bool same =
            rest.size() >= bytes.size() && std::equal(bytes.begin(), bytes.end(), rest.begin());
        at_ += same ? bytes.size() : 0;
        return same;
    }

    std::optional<std::int32_t> number()
    {
        std::int32_t value = 0;
        if (code_.size() - at_ < sizeof(value)) {
            return std::nullopt;
        }
        std::memcpy(&value, code_.data() + at_, sizeof(value));
        at_ += sizeof(value);
        return value;
    }

    [[nodiscard]] std::size_t position() const { return at_; }

private:
    std::span<const std::uint8_t> code_;
    std::size_t at_ = 0;
};

struct Access {
    std::uint64_t argument = 0;  ///< where the pair of module and offset is
    std::int64_t added = 0;      ///< to what the call returns
};

/// endbr64; sub $8, %rsp; lea ARGUMENT(%rip), %rdi; call __tls_get_addr; add $8, %rsp;
/// add $ADDED, %rax; ret. Prefixes of no effect make room for the linker.
std::optional<Access> match_access(std::span<const std::uint8_t> code, Address start)
{
    CodeMatch match(code);
    match.skip({0xF3, 0x0F, 0x1E, 0xFA});
    const bool in_frame = match.skip({0x48, 0x83, 0xEC, 0x08});
    match.skip({0x66});
    const auto displacement =
        match.skip({0x48, 0x8D, 0x3D}) ? match.number() : std::optional<std::int32_t>();
    const std::uint64_t next = start.value + match.position();
    match.skip({0x66, 0x66});
    match.skip({0x66});
    match.skip({0x48});
    const bool called = match.skip({0xE8}) || match.skip({0xFF, 0x15});
    if (!in_frame || !displacement || !called || !match.number()) {
        return std::nullopt;
    }
    const std::uint64_t argument = next + static_cast<std::uint64_t>(std::int64_t{*displacement});
    std::int32_t added = match.skip({0x48, 0x05}) ? match.number().value_or(0) : 0;
    if (!match.skip({0x48, 0x83, 0xC4, 0x08})) {
        return std::nullopt;
    }
    added += match.skip({0x48, 0x05}) ? match.number().value_or(0) : 0;
    return match.skip({0xC3}) ? std::optional(Access{.argument = argument, .added = added})
                              : std::nullopt;
}

}  // namespace

std::optional<ThreadVariable> find_returned_variable(const Memory& memory, Address start)
{
    std::array<std::uint8_t, longest_function> code{};
    if (!memory.read_bytes(start, std::as_writable_bytes(std::span(code)), what)) {
        return std::nullopt;
    }
    const auto access = match_access(code, start);
    const auto argument =
        access ? memory.read<std::array<std::uint64_t, 2>>(Address{access->argument}, what)
               : Fault{FaultCode::bad_format, start.value, what};
    if (!argument) {
        return std::nullopt;
    }
    return ThreadVariable{.module = (*argument)[0],
                          .offset = (*argument)[1] + static_cast<std::uint64_t>(access->added)};
}

std::optional<Address> find_thread_variable(const Memory& memory,
                                            Address thread_pointer,
                                            ThreadVariable variable)
{
    // `tcbhead_t::dtv`, an array of `dtv_t`; the entry before the first says how many there are.
    constexpr std::uint64_t vector_offset = 8;
    constexpr std::uint64_t entry_size = 16;
    constexpr std::uint64_t unallocated = UINT64_MAX;
    const auto vector = memory.read<Address>(Address{thread_pointer.value + vector_offset}, what);
    if (!thread_pointer || !vector) {
        return std::nullopt;
    }
    const auto count = memory.read<std::uint64_t>(Address{vector->value - entry_size}, what);
    if (!count || variable.module == 0 || variable.module > *count ||
        *count > UINT64_MAX / entry_size) {
        return std::nullopt;
    }
    const auto entry = offset_by(*vector, variable.module * entry_size);
    const auto block = entry ? memory.read<Address>(*entry, what)
                             : Fault{FaultCode::bad_format, vector->value, what};
    if (!block || !*block || block->value == unallocated) {
        return std::nullopt;
    }
    return offset_by(*block, variable.offset);
}

}  // namespace pycore
