#include <random>

#include "support/catch.hpp"
#include "support/stack_builder.hpp"
#include "unwind/unwind_row.hpp"

namespace pycore::test {
namespace {

constexpr Address sp{0x10100};
constexpr Address pc{0x1110};

StackBuilder process_with(Bytes instructions)
{
    StackBuilder builder;
    builder.function(
        {.start = Address{0x1100}, .size = 0x100, .instructions = std::move(instructions)});
    return builder;
}

Result<std::shared_ptr<const UnwindRow>> row_of(Bytes instructions)
{
    const auto common = std::make_shared<CfiCommon>();
    common->return_column = 16;
    common->code_alignment = UINT64_MAX;
    common->data_alignment = INT64_MIN;
    CfiEntry entry{.common = common, .instructions = std::move(instructions)};
    entry.start = pc.value;
    entry.size = 16;
    return make_unwind_row(std::move(entry), pc);
}

TEST_CASE("call frame instructions that make no sense are a fault", "[unwind]")
{
    CHECK_FALSE(row_of(bytes_from({0x0B})));              // restore_state without remember_state
    CHECK_FALSE(row_of(bytes_from({0x3F})));              // unknown
    CHECK_FALSE(row_of(bytes_from({0x0C, 7})));           // an operand is cut off
    CHECK_FALSE(row_of(bytes_from({0x0F, 100, 1})));      // an expression longer than all
    CHECK_FALSE(row_of(Bytes(1000, std::byte{0x0A})));    // remembers without end
    CHECK(row_of(bytes_from({0x05, 0xFF, 0x7F, 1})));     // a register nobody has
    CHECK(row_of(bytes_from({0x2F, 3, 1, 0x85, 0x7F})));  // offsets that overflow
}

TEST_CASE("a function whose call frame information is broken still has a caller", "[unwind]")
{
    auto builder = process_with(bytes_from({0x3F}));
    builder.return_address(Address{sp.value + 8}, Address{0x1340});

    const auto stack = builder.unwind(pc, sp);

    REQUIRE(stack.frames.size() == 2);
    CHECK(stack.frames[1].pc == Address{0x1340});
    CHECK(stack.frames[1].trust == Trust::scan);
}

TEST_CASE("no change to call frame information does harm", "[unwind]")
{
    const Bytes good =
        build_eh_frame(StackBuilder::frame_information,
                       {{.start = Address{0x1100},
                         .size = 0x100,
                         .instructions = bytes_from({0x41, 0x0E, 16, 0x86, 2, 0x0D, 6})}});
    std::mt19937 random(1);
    for (int round = 0; round < 2000; ++round) {
        Bytes bytes = good;
        for (int change = 0; change < 3; ++change) {
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        }
        bytes.resize(random() % 8 == 0 ? random() % bytes.size() : bytes.size());
        StackBuilder builder;
        builder.replace_frame_information(bytes);
        builder.return_address(Address{sp.value + 8}, Address{0x1140});

        const auto stack = builder.unwind(pc, sp, sp.value);

        REQUIRE_FALSE(stack.frames.empty());
        CHECK(stack.frames.front().pc == pc);
    }
}

TEST_CASE("no stack does harm", "[unwind]")
{
    std::mt19937_64 random(2);
    for (int round = 0; round < 300; ++round) {
        StackBuilder builder = process_with(bytes_from({0x0E, 16, 0x86, 2, 0x0D, 6}));
        for (std::uint64_t at = sp.value; at < sp.value + 0x400; at += 8) {
            const std::uint64_t pick = random() % 4;
            const std::uint64_t value = pick == 0   ? random()
                                        : pick == 1 ? 0x1100 + random() % 0x100
                                        : pick == 2 ? sp.value + random() % 0x400
                                                    : 0;
            builder.word(Address{at}, value);
        }
        builder.return_address(Address{sp.value + 8 * (random() % 64)}, Address{0x1140});
        const auto stack = builder.unwind(pc, sp, sp.value + 8 * (random() % 64));

        CHECK(stack.frames.size() <= 0x8000 / 8);
    }
}

}  // namespace
}  // namespace pycore::test
