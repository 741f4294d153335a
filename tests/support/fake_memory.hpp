#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <span>
#include <stdexcept>
#include <vector>

#include "pycore/memory.hpp"

namespace pycore::test {

/// Memory made by a test: a few areas, zero until written to. Whatever lies outside is unmapped.
class FakeMemory final : public Memory {
public:
    using Areas = std::map<Address, std::vector<std::byte>>;

    void add_area(Address start, std::size_t size) { areas_[start].resize(size); }
    void remove_area(Address start) { areas_.erase(start); }
    [[nodiscard]] const Areas& areas() const { return areas_; }

    template <Readable T>
    void write(Address at, const T& value)
    {
        write_bytes(at, std::as_bytes(std::span(&value, 1)));
    }

    void write_bytes(Address at, std::span<const std::byte> bytes)
    {
        auto area = areas_.upper_bound(at);
        if (area == areas_.begin()) {
            throw std::logic_error("the test writes outside its memory");
        }
        --area;
        const std::uint64_t offset = at.value - area->first.value;
        if (offset > area->second.size() || area->second.size() - offset < bytes.size()) {
            throw std::logic_error("the test writes outside its memory");
        }
        std::copy(bytes.begin(), bytes.end(), area->second.begin() + static_cast<long>(offset));
    }

    /// How often anything was read: what a walk costs, without a clock.
    [[nodiscard]] std::size_t reads() const { return reads_; }

private:
    Result<std::size_t> read_some(Address at, std::span<std::byte> out, Label what) const override
    {
        ++reads_;
        const auto after = areas_.upper_bound(at);
        if (after == areas_.begin()) {
            return Fault{FaultCode::unmapped, at.value, what};
        }
        const auto& [start, bytes] = *std::prev(after);
        const std::uint64_t offset = at.value - start.value;
        if (offset >= bytes.size()) {
            return Fault{FaultCode::unmapped, at.value, what};
        }
        const std::size_t size = std::min<std::size_t>(bytes.size() - offset, out.size());
        std::memcpy(out.data(), bytes.data() + offset, size);
        return size;
    }

    Areas areas_;
    mutable std::size_t reads_ = 0;
};

}  // namespace pycore::test
