#include "pycore/address_space.hpp"
#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

TEST_CASE("what only NT_FILE knows is mapped and not saved", "[memory]")
{
    const CoreFile core = CoreBuilder()
                              .mapped_file(Address{0x1000}, 0x4000, 0, "/lib/libx.so")
                              .mapped_file(Address{0x3000}, 0x4000, 0, "/lib/overlapping.so")
                              .segment(Address{0x2000}, "data", {.size = 0x1000})
                              .open();
    const AddressSpace memory(core);

    std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;
    for (const Segment& segment : memory.segments()) {
        runs.emplace_back(segment.range.low().value, segment.range.high().value);
    }
    CHECK(runs == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0x1000, 0x2000},
                                                                       {0x2000, 0x2004},
                                                                       {0x2004, 0x3000},
                                                                       {0x3000, 0x5000},
                                                                       {0x5000, 0x7000}});
    REQUIRE(memory.find(Address{0x1000}) != nullptr);
    CHECK_FALSE(memory.find(Address{0x1000})->readable);
    const auto read = memory.read<std::uint8_t>(Address{0x1800}, "byte");
    REQUIRE_FALSE(read);
    CHECK(read.fault().code == FaultCode::not_saved);
    CHECK(memory.find(Address{0x7000}) == nullptr);
}

}  // namespace
}  // namespace pycore::test
