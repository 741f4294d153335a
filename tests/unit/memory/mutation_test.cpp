// Bytes of small inputs changed at random, with a fixed seed. What comes out does not matter: that
// something does, without a complaint of the sanitizers, is the test. PYCORE_TEST_MUTATIONS asks
// for more rounds.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <random>

#include "memory/attach_files.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/packers.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};

int rounds()
{
    const char* const asked = std::getenv("PYCORE_TEST_MUTATIONS");
    return asked == nullptr ? 300 : std::atoi(asked);
}

FileDescriptor file_of(const Bytes& bytes)
{
    FileDescriptor file(::memfd_create("mutated", MFD_CLOEXEC));
    REQUIRE(::write(file.number(), bytes.data(), bytes.size()) == std::ssize(bytes));
    return file;
}

ElfBuilder library()
{
    return ElfBuilder()
        .build_id("\xaa\xbb\xcc")
        .symbol("first", 1, 1)
        .symbol("second", 2, 2)
        .local_symbol("hidden", 3, 3)
        .section(".PyRuntime", 4, 4);
}

Bytes core_with_everything()
{
    return CoreBuilder()
        .thread({.tid = 1, .signal = 11})
        .process({.pid = 1, .command = "python3"})
        .signal({.code = 1})
        .auxiliary(AT_PHDR, place.value + 64)
        .auxiliary(AT_SYSINFO_EHDR, place.value)
        .mapped_file(place, ElfBuilder::page, 0, "/module")
        .mapped_file(Address{place.value + ElfBuilder::read_only}, ElfBuilder::page,
                     ElfBuilder::page, "/module (deleted)")
        .thread({.tid = 2})
        .segment(place, library().first_page(), {.writable = false})
        .not_saved(Address{place.value + ElfBuilder::read_only}, ElfBuilder::page,
                   {.writable = false, .executable = true})
        .segment(Address{0x1000}, "heap", {.size = 8192})
        .bytes();
}

/// Changes up to four bytes, to values that break things more often than others.
void mutate(Bytes& bytes, std::mt19937& random)
{
    constexpr std::array values{0x00, 0x01, 0x7f, 0x80, 0xff};
    const std::size_t changes = 1 + random() % 4;
    for (std::size_t change = 0; change < changes; ++change) {
        const std::size_t at = random() % bytes.size();
        const std::size_t choice = random() % (values.size() + 1);
        bytes[at] = choice < values.size() ? static_cast<std::byte>(values[choice])
                                           : static_cast<std::byte>(random());
    }
}

/// Everything that reads a core, a module or their memory; true when there was a core.
bool read_all(const Bytes& bytes, const FileSearch& search)
{
    const FileDescriptor file = file_of(bytes);
    const auto core = CoreFile::open(file.number(), Limits{.max_unpacked_bytes = 1 << 20});
    if (!core) {
        CHECK_FALSE(describe(core.fault()).empty());
        return false;
    }
    AddressSpace memory(*core);
    std::vector<Gap> gaps;
    auto modules = read_modules(*core, memory, {}, gaps);
    Deadline deadline(Limits{}.max_time);
    attach_files(modules, memory, search, deadline, gaps);
    for (const Segment& segment : memory.segments()) {
        (void)memory.read<std::uint64_t>(segment.range.low(), "first");
        (void)memory.read<std::uint64_t>(Address{segment.range.high().value - 4}, "across");
        REQUIRE(memory.find(segment.range.low()) == &segment);
    }
    return true;
}

TEST_CASE("a core with any bytes changed is a core or a fault", "[memory]")
{
    const TemporaryFolder folder;
    folder.write("module", library().bytes());
    const FileSearch search{.sysroot = folder.path()};
    const Bytes original = core_with_everything();
    std::mt19937 random(1);
    int cores = 0;

    for (int round = 0; round < rounds(); ++round) {
        Bytes bytes = original;
        mutate(bytes, random);
        cores += read_all(bytes, search) ? 1 : 0;
    }

    CHECK(cores > 0);
}

TEST_CASE("a core cut off anywhere is a core or a fault", "[memory]")
{
    const Bytes original = core_with_everything();

    for (std::size_t size = 0; size < original.size(); size += 23) {
        read_all(Bytes(original.begin(), original.begin() + static_cast<std::ptrdiff_t>(size)), {});
    }
    CHECK(read_all(original, {}));
}

TEST_CASE("a module with any bytes changed gives symbols and sections or none", "[memory]")
{
    const Bytes original = library().bytes();
    std::mt19937 random(2);
    int found = 0;

    for (int round = 0; round < rounds(); ++round) {
        Bytes bytes = original;
        mutate(bytes, random);
        const auto input = InputFile::adopt(file_of(bytes), InputFile::module_cache);
        const auto elf = ElfFile::open(input.value());
        if (elf) {
            found += (*elf)->find_symbol("second") ? 1 : 0;
            (void)(*elf)->find_symbol("hidden");
            (void)(*elf)->find_section(".PyRuntime");
            (void)(*elf)->is_debug_file();
        }
    }

    CHECK(found > 0);
}

TEST_CASE("a packed core with any bytes changed is a core or a fault", "[memory]")
{
    const Packer packer = GENERATE(from_range(all_packers()));
    const Bytes original = packer.pack(core_with_everything());
    std::mt19937 random(3);

    for (int round = 0; round < rounds() / 4; ++round) {
        Bytes bytes = original;
        mutate(bytes, random);
        read_all(bytes, {});
    }

    INFO(name_of(packer.compression));
    CHECK(read_all(original, {}));
}

}  // namespace
}  // namespace pycore::test
