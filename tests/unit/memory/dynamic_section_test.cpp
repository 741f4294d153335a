#include "memory/dynamic_section.hpp"

#include "support/catch.hpp"
#include "support/elf_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};
constexpr std::uint64_t hash_of_builder = 0x300;

/// A library whose pages are all in the core, after `change`.
struct Mapped {
    template <class Change>
    explicit Mapped(Change change)
    {
        Bytes file = ElfBuilder()
                         .symbol("PyInit_first", 0x1000, 8)
                         .symbol("PyInit_second", 0x1010, 8)
                         .bytes();
        file.resize(ElfBuilder::size);
        change(file);
        core = CoreBuilder()
                   .segment(place, file)
                   .mapped_file(place, ElfBuilder::size, 0, "/lib/x.so")
                   .open();
        memory.emplace(*core);
        std::vector<Gap> ignored;
        module = read_modules(*core, *memory, {}, ignored).at(0);
    }
    Mapped() : Mapped([](Bytes&) {}) {}

    std::optional<CoreFile> core;
    std::optional<AddressSpace> memory;
    Module module;
};

void put_word(Bytes& file, std::uint64_t at, std::uint32_t word)
{
    for (std::size_t i = 0; i < 4; ++i) {
        file.at(static_cast<std::size_t>(at) + i) = static_cast<std::byte>(word >> (8 * i));
    }
}

TEST_CASE("a dynamic symbol is found in the memory of the process", "[memory]")
{
    const Mapped process;
    CHECK(*defines_symbol(*process.memory, process.module, "PyInit_first"));
    CHECK(*defines_symbol(*process.memory, process.module, "PyInit_second"));
    CHECK_FALSE(*defines_symbol(*process.memory, process.module, "PyInit_third"));
    CHECK_FALSE(*defines_symbol(*process.memory, process.module, "PyInit_firs"));
}

TEST_CASE("addresses that the dynamic linker has put in are taken as they are", "[memory]")
{
    const Mapped process([](Bytes& file) {
        for (std::size_t index = 0; index < 3; ++index) {
            const auto at = ElfBuilder::writable + index * sizeof(Elf64_Dyn) + 8;
            put_word(file, at + 4, place.value >> 32);
        }
    });
    CHECK(*defines_symbol(*process.memory, process.module, "PyInit_second"));
}

TEST_CASE("what cannot be read is a fault and no answer", "[memory]")
{
    const CoreFile core = CoreBuilder()
                              .segment(place, ElfBuilder().symbol("f", 0x1000, 8).first_page())
                              .mapped_file(place, ElfBuilder::page, 0, "/lib/x.so")
                              .open();
    const AddressSpace memory(core);
    std::vector<Gap> ignored;
    const Module module = read_modules(core, memory, {}, ignored).at(0);
    CHECK_FALSE(defines_symbol(memory, module, "f").has_value());
    CHECK_FALSE(defines_symbol(memory, Module{}, "f").has_value());
}

TEST_CASE("a hash table that makes no sense ends", "[memory]")
{
    const Mapped no_buckets([](Bytes& file) { put_word(file, hash_of_builder, 0); });
    CHECK_FALSE(defines_symbol(*no_buckets.memory, no_buckets.module, "f").has_value());

    const Mapped huge_filter([](Bytes& file) { put_word(file, hash_of_builder + 8, ~0U); });
    CHECK_FALSE(defines_symbol(*huge_filter.memory, huge_filter.module, "f").has_value());

    constexpr std::uint32_t elsewhere = 0x4000;
    const Mapped endless([](Bytes& file) {
        file.resize(elsewhere);
        put_word(file, ElfBuilder::writable + 8, elsewhere);
        for (const std::uint32_t word : {1U, 1U, 1U, 0U, ~0U, ~0U, 1U}) {
            append(file, word);
        }
        for (int i = 0; i < 10'000; ++i) {
            append(file, 2U);
        }
    });
    CHECK(defines_symbol(*endless.memory, endless.module, "f").fault().code ==
          FaultCode::limit_reached);
}

}  // namespace
}  // namespace pycore::test
