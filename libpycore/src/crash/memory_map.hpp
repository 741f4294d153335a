#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"

namespace pycore {

/// What lies where in a process: its mappings as the kernel kept them, with their files and the
/// threads whose stacks they are.
class MemoryMap {
public:
    /// How far below its stack the sp of a thread is looked for that overflowed it.
    static constexpr std::uint64_t most_overflow = std::uint64_t{16} << 20;

    /// `core` outlives this object.
    explicit MemoryMap(const CoreFile& core);

    /// The thread's sp is this one instead of the note's: a handler may run on a stack of its own.
    void set_stack(std::int32_t tid, Address sp);

    /// Nothing when the process had nothing at `at`.
    [[nodiscard]] std::optional<MappedRegion> find_region(Address at) const;

    /// The first region above the one that holds `at`, or above `at` where there is none, if it
    /// starts within so many bytes of `at`.
    [[nodiscard]] std::optional<MappedRegion> find_region_above(
        Address at, std::uint64_t within = most_overflow) const;

private:
    /// Of one thread; `home` is where the region starts that holds its stack.
    struct Stack {
        std::int32_t tid = 0;
        Address sp;
        std::optional<Address> home;
    };

    [[nodiscard]] const LoadSegment* load_at(Address at) const;
    [[nodiscard]] const MappedFile* file_at(Address at) const;
    [[nodiscard]] std::optional<Address> first_start(Address from) const;
    [[nodiscard]] std::optional<MappedRegion> region_without_stack(Address at) const;
    [[nodiscard]] AddressRange outside_loads(const AddressRange& range, Address at) const;
    [[nodiscard]] std::optional<Address> home_of(Address sp) const;
    [[nodiscard]] std::optional<std::int32_t> stack_of(const AddressRange& region,
                                                       Address at) const;

    const CoreFile& core_;
    std::vector<const MappedFile*> files_;  ///< by address
    std::vector<Stack> stacks_;
};

}  // namespace pycore
