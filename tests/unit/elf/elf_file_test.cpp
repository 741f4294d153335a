#include "elf/elf_file.hpp"

#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

Result<std::shared_ptr<const ElfFile>> open_elf(const Bytes& bytes)
{
    const TemporaryFolder folder;
    return ElfFile::open(
        InputFile::open(folder.write("module", bytes), InputFile::module_cache).value());
}

TEST_CASE("a build id is lower-case hex", "[elf]")
{
    CHECK(open_elf(ElfBuilder().build_id("\x01\xab\xFF").bytes()).value()->build_id() == "01abff");
    CHECK_FALSE(open_elf(ElfBuilder().bytes()).value()->build_id());
}

TEST_CASE("a symbol of .dynsym is found by its hash, without section headers", "[elf]")
{
    const auto file = open_elf(
        ElfBuilder().symbol("first", 8, 1).symbol("second", 0x1010, 24).stripped().bytes());

    const auto symbol = file.value()->find_symbol("second");

    REQUIRE(symbol);
    CHECK(symbol->value == 0x1010);
    CHECK(symbol->size == 24);
    CHECK(file.value()->find_symbol("first"));
    CHECK_FALSE(file.value()->find_symbol("third"));
    CHECK_FALSE(file.value()->find_symbol("secon"));
}

TEST_CASE("a symbol of .symtab alone is found too", "[elf]")
{
    const auto file =
        open_elf(ElfBuilder().symbol("first", 8, 1).local_symbol("hidden", 0x2040, 16).bytes());

    const auto symbol = file.value()->find_symbol("hidden");

    REQUIRE(symbol);
    CHECK(symbol->value == 0x2040);
}

TEST_CASE("a section is found by its whole name", "[elf]")
{
    const auto file = open_elf(ElfBuilder().section(".PyRuntime", 0x2100, 64).bytes());

    const auto section = file.value()->find_section(".PyRuntime");

    REQUIRE(section);
    CHECK(section->address == 0x2100);
    CHECK(section->size == 64);
    CHECK_FALSE(file.value()->find_section(".PyRun"));
    CHECK_FALSE(file.value()->find_section("PyRuntime"));
}

TEST_CASE("a file stripped of section headers has no sections", "[elf]")
{
    const auto file = open_elf(ElfBuilder().section(".PyRuntime", 0x2100, 64).stripped().bytes());

    CHECK_FALSE(file.value()->find_section(".PyRuntime"));
    CHECK_FALSE(file.value()->is_debug_file());
}

TEST_CASE("a file of debug information is told by its code, which is not there", "[elf]")
{
    CHECK(open_elf(ElfBuilder().debug_file().bytes()).value()->is_debug_file());
    CHECK_FALSE(open_elf(ElfBuilder().bytes()).value()->is_debug_file());
}

TEST_CASE("sections and symbols of a file that lies about them are absent", "[elf]")
{
    const auto far_away = open_elf(
        ElfBuilder().change_header([](auto& header) { header.e_shoff = UINT64_MAX - 8; }).bytes());
    const auto no_names = open_elf(
        ElfBuilder().change_header([](auto& header) { header.e_shstrndx = 0xfff0; }).bytes());

    CHECK_FALSE(far_away.value()->find_section(".text"));
    CHECK_FALSE(far_away.value()->find_symbol("hidden"));
    CHECK_FALSE(no_names.value()->find_section(".text"));
}

TEST_CASE("what is no 64-bit little-endian ELF file is refused", "[elf]")
{
    CHECK(open_elf(bytes_of("#!/bin/sh\n")).fault().code == FaultCode::bad_format);
    CHECK(open_elf(ElfBuilder()
                       .change_header([](auto& header) { header.e_ident[EI_CLASS] = ELFCLASS32; })
                       .bytes())
              .fault()
              .code == FaultCode::unsupported);
}

TEST_CASE("program headers past the end of the file are refused", "[elf]")
{
    const auto file = open_elf(
        ElfBuilder().change_header([](auto& header) { header.e_phoff = UINT64_MAX - 4; }).bytes());

    CHECK_FALSE(file);
}

}  // namespace
}  // namespace pycore::test
