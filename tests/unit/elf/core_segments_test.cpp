#include <cstring>

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address low{0x10000};
constexpr Address high{0x20000};

AddressRange range(Address at, std::uint64_t size)
{
    return AddressRange::make(at, size).value();
}

Address plus(Address at, std::uint64_t bytes)
{
    return Address{at.value + bytes};
}

TEST_CASE("a segment says how much of it is saved", "[elf]")
{
    const CoreFile core = CoreBuilder().segment(low, "saved", {.size = 4096}).open();

    REQUIRE(core.segments().size() == 1);
    CHECK(core.segments()[0].range == range(low, 4096));
    CHECK(core.segments()[0].promised == 5);
    CHECK(core.segments()[0].saved == 5);
    CHECK_FALSE(core.truncated());
}

TEST_CASE("a segment keeps its permissions", "[elf]")
{
    const CoreFile core =
        CoreBuilder().segment(low, "x", {.writable = false, .executable = true}).open();

    CHECK(core.segments()[0].readable);
    CHECK_FALSE(core.segments()[0].writable);
    CHECK(core.segments()[0].executable);
}

TEST_CASE("unsorted segments are sorted, and empty ones dropped", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .segment(high, "second")
                              .segment(Address{0x30000}, "")
                              .segment(low, "first")
                              .open();

    REQUIRE(core.segments().size() == 2);
    CHECK(core.segments()[0].range == range(low, 5));
    CHECK(core.segments()[1].range == range(high, 6));
}

TEST_CASE("where segments overlap the first in the file wins", "[elf]")
{
    const CoreFile core =
        CoreBuilder().segment(plus(low, 2), "BBBB").segment(low, "aaaaaaaa").open();

    const AddressSpace memory(core);
    const auto text = memory.read_c_string(low, 8, "text");
    CHECK(text.fault().code == FaultCode::limit_reached);
    std::array<char, 8> bytes{};
    REQUIRE(memory.read_bytes(low, std::as_writable_bytes(std::span(bytes)), "text"));
    CHECK(std::string(bytes.data(), bytes.size()) == "aaBBBBaa");
    CHECK(core.segments().size() == 3);
}

TEST_CASE("a part that is not saved keeps hidden what a later segment has there", "[elf]")
{
    const CoreFile core =
        CoreBuilder().not_saved(low, 16).segment(plus(low, 8), "0123456789abcdef").open();

    REQUIRE(core.segments().size() == 2);
    CHECK(core.segments()[0].saved == 0);
    CHECK(core.segments()[1].range == range(plus(low, 16), 8));
    const AddressSpace memory(core);
    CHECK(memory.read<char>(plus(low, 16), "letter").value() == '8');
}

TEST_CASE("many segments over one another take no longer than their number", "[elf]")
{
    CoreBuilder builder;
    for (std::uint64_t index = 0; index < 5000; ++index) {
        builder.not_saved(plus(low, index * 4096), 1);
        builder.not_saved(plus(low, 0), 5000 * 4096);
    }

    const CoreFile core = builder.open();

    CHECK(core.segments().size() == 2);
}

TEST_CASE("a segment that wraps around is dropped, the others stay", "[elf]")
{
    const CoreFile core =
        CoreBuilder().segment(low, "kept").not_saved(Address{UINT64_MAX - 10}, 100).open();

    CHECK(core.segments().size() == 1);
    REQUIRE(core.problems().size() == 1);
    CHECK_THAT(core.problems()[0].message, contains("1 segments wrap around"));
}

TEST_CASE("the segment at the end of the address space is one", "[elf]")
{
    const CoreFile core = CoreBuilder().not_saved(Address{0xffffffffff600000}, 4096).open();

    CHECK(core.segments().size() == 1);
}

TEST_CASE("a segment that claims more in the file than in memory ends with memory", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .segment(low, "12345678")
                              .change_program_headers([](auto& headers) { headers[1].p_memsz = 4; })
                              .open();

    CHECK(core.segments()[0].range.size() == 4);
    CHECK(core.segments()[0].saved == 4);
}

TEST_CASE("a file that ends within a segment is truncated", "[elf]")
{
    Bytes bytes = CoreBuilder().segment(low, "12345678").bytes();
    bytes.resize(bytes.size() - 3);

    const auto core = open_core(bytes);

    REQUIRE(core);
    CHECK(core->truncated());
    CHECK(core->segments()[0].promised == 8);
    CHECK(core->segments()[0].saved == 5);
    const AddressSpace memory(*core);
    CHECK(memory.read<char>(plus(low, 4), "letter").value() == '5');
    CHECK(memory.read<char>(plus(low, 5), "letter").fault().code == FaultCode::truncated);
}

TEST_CASE("a segment that begins past the end of the file is truncated", "[elf]")
{
    const CoreFile core =
        CoreBuilder()
            .segment(low, "12345678")
            .change_program_headers([](auto& headers) { headers[1].p_offset = UINT64_MAX - 3; })
            .open();

    CHECK(core.truncated());
    CHECK(core.segments()[0].saved == 0);
}

TEST_CASE("a file that ends within its program headers keeps those before", "[elf]")
{
    Bytes bytes = CoreBuilder().segment(low, "first").segment(high, "second").bytes();
    bytes.resize(sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr) + 20);

    const auto core = open_core(bytes);

    REQUIRE(core);
    CHECK(core->truncated());
    CHECK(core->segments().size() == 1);
}

TEST_CASE("more program headers than e_phnum can hold are counted in section 0", "[elf]")
{
    CoreBuilder builder;
    for (std::uint64_t index = 0; index < 70'000; ++index) {
        builder.not_saved(Address{index * 8192}, 4096);
    }
    Bytes bytes = builder.bytes();
    const Elf64_Shdr section{.sh_info = 70'001};
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof(header));
    header.e_phnum = PN_XNUM;
    header.e_shoff = bytes.size();
    std::memcpy(bytes.data(), &header, sizeof(header));
    append(bytes, section);

    const auto core = open_core(bytes);

    REQUIRE(core);
    CHECK(core->segments().size() == 70'000);
    CHECK(core->problems().empty());
}

TEST_CASE("a count of program headers that cannot be read costs the ones it would count", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .segment(low, "kept")
                              .change_header([](Elf64_Ehdr& header) {
                                  header.e_phnum = PN_XNUM;
                                  header.e_shoff = 1 << 30;
                              })
                              .open();

    CHECK(core.segments().size() >= 1);
    CHECK_FALSE(core.problems().empty());
}

TEST_CASE("no more segments are looked at than the limit allows", "[elf]")
{
    const Bytes bytes = CoreBuilder().segment(low, "1").segment(high, "2").bytes();

    const auto core = open_core(bytes, Limits{.max_segments = 2});

    REQUIRE(core);
    CHECK(core->segments().size() == 1);
    REQUIRE(core->problems().size() == 1);
    CHECK(core->problems()[0].fault.code == FaultCode::limit_reached);
}

}  // namespace
}  // namespace pycore::test
