#include <array>

#include "python/layout.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/layout_facts.hpp"
#include "support/print.hpp"

using pycore::Address;
using pycore::FaultCode;
using pycore::Layout;
using pycore::PythonVersion;
using pycore::RefinedLayout;
using pycore::test::FakeMemory;

namespace {

constexpr Address runtime{0x7f00'0000'0000};

// `_Py_DebugOffsets` as CPython 3.13.5 and 3.14.10 wrote it, u64 by u64 behind the cookie. From the
// executables of Debian 13 and sid: `x/72gd &_PyRuntime`.
constexpr std::uint64_t values_3_13[] = {
    51185136, 0,    283376, 608, 632, 194976, 7272, 7264, 7344, 7400, 7656, 7640, 7648, 16, 7752,
    0,        7768, 7760,   304, 0,   8,      16,   72,   152,  160,  232,  32,   80,   8,  0,
    56,       72,   70,     208, 112, 120,    128,  136,  68,   52,   96,   104,  200,  16, 8,
    416,      24,   88,     168, 32,  24,     16,   40,   24,   16,   48,   32,   40,   24, 16,
    32,       16,   24,     40,  16,  32,     64,   32,   16,   40,   240,  200,
};
constexpr std::uint64_t values_3_14[] = {
    51251952, 0,    316616, 784,  808,  225864, 7280, 7272, 7344, 7360, 7408, 7688, 7672, 7680,
    16,       7784, 0,      7800, 7792, 7992,   0,    832,  0,    8,    16,   72,   152,  160,
    232,      32,   88,     8,    0,    56,     80,   74,   64,   0,    216,  112,  120,  128,
    136,      68,   52,     96,   104,  208,    0,    16,   8,    416,  24,   88,   168,  40,
    32,       16,   40,     24,   16,   200,    24,   40,   32,   48,   32,   40,   24,   16,
    32,       16,   24,     40,   16,   32,     64,   32,   16,   40,   264,  192,  160,  24,
    72,       67,   0,      8,    24,   304,    8076, 0,    4,    512,
};

struct Sample {
    PythonVersion version;
    std::span<const std::uint64_t> values;
    std::size_t datastack_chunk;  ///< positions in the table, in bytes
    std::size_t thread_size;
    std::size_t gc;
    std::size_t gc_collecting;
    std::size_t ascii_data;
    std::array<std::size_t, 6> shape;  ///< what no build can tell otherwise
};

constexpr Sample sample_3_13{{3, 13, 5}, values_3_13, 208, 152,
                             80,         576,         560, {40, 168, 256, 352, 360, 504}};
constexpr Sample sample_3_14{{3, 14, 10}, values_3_14, 232, 176,
                             88,          656,         640, {40, 192, 280, 400, 408, 584}};

FakeMemory process_of(const Sample& sample)
{
    FakeMemory memory;
    memory.add_area(runtime, 8 + sample.values.size_bytes());
    memory.write_bytes(runtime, std::as_bytes(std::span("xdebugpy", 8)));
    memory.write_bytes(Address{runtime.value + 8}, std::as_bytes(sample.values));
    return memory;
}

void set(FakeMemory& memory, std::size_t position, std::uint64_t value)
{
    memory.write(Address{runtime.value + position}, value);
}

pycore::LayoutChoice choice_of(const PythonVersion& version)
{
    const auto choice = pycore::choose_layout(pycore::all_layout_sets(), version, {});
    REQUIRE(choice);
    return *choice;
}

pycore::Result<RefinedLayout> refine(const Sample& sample, const FakeMemory& memory)
{
    const auto choice = choice_of(sample.version);
    return choice.set->refine(*choice.layout, memory, runtime);
}

}  // namespace

TEST_CASE("the offsets a real process tells are those of its table", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);

    const auto refined = refine(sample, process_of(sample));

    REQUIRE(refined);
    CHECK(refined->from_debug_offsets);
    for (const std::string& disagreement : refined->disagreements) {
        FAIL_CHECK(disagreement);
    }
    CHECK(pycore::test::differences(refined->layout,
                                    pycore::test::facts_of(*choice_of(sample.version).layout))
              .empty());
}

TEST_CASE("an offset that moved is taken from the process, and said", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    FakeMemory memory = process_of(sample);
    set(memory, sample.datastack_chunk, 240);

    const auto refined = refine(sample, memory);

    REQUIRE(refined);
    CHECK(refined->layout.thread.datastack_chunk.offset == 240);
    REQUIRE(refined->disagreements.size() == 1);
    CHECK(refined->disagreements[0] == "thread.datastack_chunk: 240 in place of 232");
}

TEST_CASE("the collector's flag is found through the collector's place", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    const Layout& table = *choice_of(sample.version).layout;
    FakeMemory memory = process_of(sample);
    set(memory, sample.gc_collecting, 100);
    const auto refined = refine(sample, memory);
    REQUIRE(refined);
    // 7600 is 7400 + 200 in 3.13.5 and 7408 + 192 in 3.14.10.
    const std::uint32_t moved = sample.version.minor == 13 ? 7500 : 7508;
    CHECK(refined->layout.interpreter.gc_collecting.offset == moved);

    SECTION("but not outside of it")
    {
        set(memory, sample.gc_collecting, 1'000'000);
    }
    SECTION("but not at an odd place")
    {
        set(memory, sample.gc, 7'402);
    }
    SECTION("but not outside of the interpreter state")
    {
        set(memory, sample.gc, 1 << 20);
    }
    const auto refused = refine(sample, memory);
    REQUIRE(refused);
    CHECK(refused->layout.interpreter.gc_collecting == table.interpreter.gc_collecting);
    CHECK(refused->disagreements.size() == 1);
}

TEST_CASE("an offset that cannot be right is refused, and said", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    const std::uint64_t value = GENERATE(as<std::uint64_t>(), 241, 100'000, 0xFFFF'FFFF'FFFF'FFF8);
    FakeMemory memory = process_of(sample);
    set(memory, sample.datastack_chunk, value);

    const auto refined = refine(sample, memory);

    REQUIRE(refined);
    CHECK(refined->layout.thread.datastack_chunk.offset == 232);
    REQUIRE(refined->disagreements.size() == 1);
    CHECK(refined->disagreements[0] ==
          "thread.datastack_chunk: " + std::to_string(value) + " refused, kept 232");
}

TEST_CASE("a struct's size that cannot be right bounds all of its members out", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    const std::uint64_t size = GENERATE(as<std::uint64_t>(), 0, 311, 0x4000'0000'0000'0000);
    FakeMemory memory = process_of(sample);
    set(memory, sample.thread_size, size);
    set(memory, sample.datastack_chunk, 240);

    const auto refined = refine(sample, memory);

    REQUIRE(refined);
    CHECK(refined->layout.thread.size == choice_of(sample.version).layout->thread.size);
    CHECK(refined->layout.thread.datastack_chunk.offset == 232);
}

TEST_CASE("nothing is taken from a table of another version or flavour", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    FakeMemory memory = process_of(sample);
    SECTION("no cookie")
    {
        set(memory, 0, 0);
    }
    SECTION("another minor version")
    {
        set(memory, 8, 0x030f'02f0);
    }
    SECTION("free-threaded")
    {
        set(memory, 16, 1);
    }
    SECTION("a version that is none")
    {
        set(memory, 8, 0x1'030d'05f0);
    }
    SECTION("neither free-threaded nor not")
    {
        set(memory, 16, 2);
    }

    const auto refined = refine(sample, memory);

    REQUIRE_FALSE(refined);
    CHECK(refined.fault().code == FaultCode::bad_format);
}

TEST_CASE("nothing is taken from a table of another shape", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    for (const std::size_t position : sample.shape) {
        FakeMemory memory = process_of(sample);
        set(memory, position, 64);
        INFO(position);
        CHECK_FALSE(refine(sample, memory));
    }
}

TEST_CASE("the parts of a str move with the end of its ASCII form", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    FakeMemory memory = process_of(sample);
    set(memory, sample.ascii_data, 48);

    const auto refined = refine(sample, memory);

    REQUIRE(refined);
    CHECK(refined->layout.text.ascii_data == 48);
    CHECK(refined->layout.text.compact_data == 64);
    CHECK(refined->layout.text.data.offset == 64);
}

TEST_CASE("an unreadable table is a fault", "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    const auto refined = refine(sample, FakeMemory{});
    REQUIRE_FALSE(refined);
    CHECK(refined.fault().code == FaultCode::unmapped);
}

TEST_CASE("whatever single value a process tells, what is taken lies inside its struct",
          "[layouts]")
{
    const Sample sample = GENERATE(sample_3_13, sample_3_14);
    for (std::size_t position = 24; position < 8 + sample.values.size_bytes(); position += 8) {
        for (const std::uint64_t value : {0x0ULL, 0x1ULL, 0xFFFFULL, 0x80000000ULL, ~0x7ULL}) {
            FakeMemory memory = process_of(sample);
            set(memory, position, value);
            const auto refined = refine(sample, memory);
            if (!refined) {
                continue;
            }
            const Layout& layout = refined->layout;
            INFO(position << ' ' << value);
            CHECK(layout.thread.datastack_chunk.offset < layout.thread.size);
            CHECK(layout.interpreter.sys_dict.offset < layout.interpreter.size);
            CHECK(layout.interpreter.gc_collecting.offset < layout.interpreter.size);
            CHECK(layout.code.line_table.offset < 1'000);
            CHECK(layout.text.data.offset < 1'000);
            CHECK(layout.thread.size <= 2'000);
        }
    }
}
