#include "pycore/address_space.hpp"

#include "elf/input_file.hpp"
#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr Address low{0x10000};

Address plus(Address at, std::uint64_t bytes)
{
    return Address{at.value + bytes};
}

AddressRange range(Address at, std::uint64_t size)
{
    return AddressRange::make(at, size).value();
}

std::shared_ptr<const InputFile> file_of(const TemporaryFolder& folder, std::string_view text)
{
    return InputFile::open(folder.write("file", text), InputFile::module_cache).value();
}

std::string text_at(const AddressSpace& memory, Address at, std::size_t size)
{
    std::string text(size, '?');
    const auto done = memory.read_bytes(at, std::as_writable_bytes(std::span(text)), "text");
    return done ? text : describe(done.fault());
}

TEST_CASE("memory that was not mapped, not saved and cut off are told apart", "[memory]")
{
    const CoreFile core =
        CoreBuilder()
            .segment(low, "saved", {.size = 100})
            .segment(Address{0x20000}, "cut off")
            .change_program_headers([](auto& headers) { headers[2].p_offset += 4; })
            .open();
    const AddressSpace memory(core);

    CHECK(memory.read<char>(plus(low, 5), "letter").fault() ==
          Fault{FaultCode::not_saved, low.value + 5, "letter"});
    CHECK(memory.read<char>(plus(low, 100), "letter").fault() ==
          Fault{FaultCode::unmapped, low.value + 100, "letter"});
    CHECK(memory.read<char>(Address{0x20003}, "letter").fault() ==
          Fault{FaultCode::truncated, 0x20003, "letter"});
    CHECK(memory.read<char>(Address{0}, "letter").fault().code == FaultCode::unmapped);
    CHECK(memory.read<char>(Address{UINT64_MAX}, "letter").fault().code == FaultCode::unmapped);
}

TEST_CASE("a read may span segments that touch", "[memory]")
{
    const CoreFile core =
        CoreBuilder().segment(low, "first,").segment(plus(low, 6), "second").open();

    CHECK(text_at(AddressSpace(core), low, 12) == "first,second");
}

TEST_CASE("a read that runs into a gap names its first address", "[memory]")
{
    const CoreFile core = CoreBuilder().segment(low, "1234").segment(plus(low, 5), "6789").open();

    CHECK(text_at(AddressSpace(core), low, 9) == "text at 0x10004: unmapped");
}

TEST_CASE("each address is found among many segments", "[memory]")
{
    CoreBuilder builder;
    for (std::uint64_t index = 0; index < 1000; ++index) {
        builder.segment(Address{0x1000 * (index + 1)}, std::to_string(index), {.size = 0x800});
    }
    const CoreFile core = builder.open();
    const AddressSpace memory(core);

    for (std::uint64_t index = 0; index < 1000; ++index) {
        const std::string number = std::to_string(index);
        REQUIRE(text_at(memory, Address{0x1000 * (index + 1)}, number.size()) == number);
        REQUIRE(memory.find(Address{0x1000 * (index + 1) + 0x800}) == nullptr);
    }
}

TEST_CASE("a file fills the part that is not saved", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core =
        CoreBuilder().segment(low, "core", {.size = 12, .writable = false}).open();
    AddressSpace memory(core);

    memory.fill(range(low, 12), 0, file_of(folder, "FILEFILEFILE"));

    CHECK(text_at(memory, low, 12) == "coreFILEFILE");
    CHECK(memory.find(low)->origin == Origin::core);
    CHECK(memory.find(plus(low, 4))->origin == Origin::file);
}

TEST_CASE("filling the middle of a segment leaves what is around it", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core = CoreBuilder().not_saved(low, 100, {.writable = false}).open();
    AddressSpace memory(core);

    memory.fill(range(plus(low, 40), 10), 2, file_of(folder, "__0123456789__"));

    REQUIRE(memory.segments().size() == 3);
    CHECK(text_at(memory, plus(low, 40), 10) == "0123456789");
    CHECK(memory.find(plus(low, 39))->origin == Origin::not_saved);
    CHECK(memory.find(plus(low, 50))->origin == Origin::not_saved);
    CHECK(memory.find(plus(low, 50))->range == range(plus(low, 50), 50));
}

TEST_CASE("a file fills several segments at once, and nothing between them", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core = CoreBuilder()
                              .not_saved(low, 4, {.writable = false})
                              .not_saved(plus(low, 8), 4, {.writable = false})
                              .open();
    AddressSpace memory(core);

    memory.fill(range(plus(low, 2), 8), 0, file_of(folder, "01234567"));

    CHECK(text_at(memory, plus(low, 2), 2) == "01");
    CHECK(text_at(memory, plus(low, 8), 2) == "67");
    CHECK(memory.find(plus(low, 4)) == nullptr);
    CHECK(memory.read<char>(low, "letter").fault().code == FaultCode::not_saved);
    CHECK(memory.read<char>(plus(low, 10), "letter").fault().code == FaultCode::not_saved);
}

TEST_CASE("a file does not fill what could be written", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core = CoreBuilder().not_saved(low, 4).open();
    AddressSpace memory(core);

    memory.fill(range(low, 4), 0, file_of(folder, "file"));

    CHECK(memory.read<char>(low, "letter").fault().code == FaultCode::not_saved);
}

TEST_CASE("what lies past the end of a file stays not saved", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core = CoreBuilder().not_saved(low, 100, {.writable = false}).open();
    AddressSpace memory(core);

    memory.fill(range(low, 100), 0, file_of(folder, "short"));
    memory.fill(range(low, 100), 1000, file_of(folder, "short"));

    CHECK(text_at(memory, low, 5) == "short");
    CHECK(memory.read<char>(plus(low, 5), "letter").fault().code == FaultCode::not_saved);
}

TEST_CASE("a file fills in for read-only parts of a core that is cut off", "[memory]")
{
    const TemporaryFolder folder;
    const CoreFile core =
        CoreBuilder()
            .segment(low, "promised", {.writable = false})
            .change_program_headers([](auto& headers) { headers[1].p_offset += 4; })
            .open();
    AddressSpace memory(core);

    memory.fill(range(low, 8), 0, file_of(folder, "FILEFILE"));

    CHECK(text_at(memory, low, 8) == "isedFILE");
}

}  // namespace
}  // namespace pycore::test
