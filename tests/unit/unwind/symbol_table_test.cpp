#include "unwind/symbol_table.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/section_file.hpp"

namespace pycore::test {
namespace {

using Names = std::vector<std::string>;

SymbolTable table_of(const std::vector<FunctionSymbol>& symbols)
{
    SymbolTable table;
    table.add(open_elf_in_memory(build_symbol_file(symbols)));
    return table;
}

Names names_at(const std::vector<FunctionSymbol>& symbols, std::uint64_t address)
{
    const auto match = table_of(symbols).find(address);
    return match ? match->names : Names{};
}

TEST_CASE("a function holds the addresses of its size", "[unwind]")
{
    const std::vector<FunctionSymbol> symbols{{.name = "second", .start = 0x40, .size = 0x10},
                                              {.name = "first", .start = 0x20, .size = 0x10}};

    CHECK(names_at(symbols, 0x20) == Names{"first"});
    CHECK(names_at(symbols, 0x2F) == Names{"first"});
    CHECK(names_at(symbols, 0x30).empty());
    CHECK(names_at(symbols, 0x4F) == Names{"second"});
    CHECK(names_at(symbols, 0x1F).empty());
    CHECK(table_of(symbols).find(0x45)->start == 0x40);
}

TEST_CASE("the name people know comes before a function's other names", "[unwind]")
{
    const auto alias = [](std::string name, int binding) {
        return FunctionSymbol{
            .name = std::move(name), .start = 0x20, .size = 8, .binding = binding};
    };
    const std::vector<FunctionSymbol> symbols{
        alias("__GI_raise", STB_LOCAL), alias("gsignal@@GLIBC_2.2.5", STB_WEAK),
        alias("raise", STB_GLOBAL), alias("__raise", STB_GLOBAL)};

    CHECK(names_at(symbols, 0x20) == Names{"raise", "gsignal", "__raise", "__GI_raise"});
}

TEST_CASE("a label inside a function does not hide it", "[unwind]")
{
    const std::vector<FunctionSymbol> symbols{
        {.name = "memcpy", .start = 0x20, .size = 0x40},
        {.name = "loop", .start = 0x30, .binding = STB_LOCAL, .type = STT_NOTYPE}};

    CHECK(names_at(symbols, 0x38) == Names{"memcpy"});
}

TEST_CASE("variables are asked for on their own, and have a size", "[unwind]")
{
    const std::vector<FunctionSymbol> symbols{
        {.name = "decode", .start = 0x20, .size = 0x10},
        {.name = "table", .start = 0x80, .size = 0x10, .type = STT_OBJECT, .section = 2},
        {.name = "_end", .start = 0x90, .type = STT_NOTYPE, .section = 2},
        {.name = "local", .start = 0x20, .size = 0x10, .type = STT_TLS, .section = 2}};
    SymbolTable variables(SymbolKind::variable);
    variables.add(open_elf_in_memory(build_symbol_file(symbols)));

    REQUIRE(variables.find(0x88));
    CHECK(variables.find(0x88)->names == Names{"table"});
    CHECK(variables.find(0x88)->start == 0x80);
    CHECK_FALSE(variables.find(0x90));
    CHECK_FALSE(variables.find(0x28));
    CHECK(names_at(symbols, 0x28) == Names{"decode"});
    CHECK(names_at(symbols, 0x88).empty());
}

TEST_CASE("a symbol without a size counts up to the next one", "[unwind]")
{
    const std::vector<FunctionSymbol> symbols{{.name = "_start", .start = 0x20, .type = STT_NOTYPE},
                                              {.name = "main", .start = 0x40, .size = 8}};

    CHECK(names_at(symbols, 0x3F) == Names{"_start"});
    CHECK(names_at(symbols, 0x48).empty());
}

TEST_CASE("data and what is defined elsewhere are no functions", "[unwind]")
{
    const std::vector<FunctionSymbol> symbols{
        {.name = "object", .start = 0x20, .size = 8, .type = STT_OBJECT},
        {.name = "in_data", .start = 0x20, .size = 8, .section = 2},
        {.name = "undefined", .start = 0x20, .size = 8, .section = SHN_UNDEF},
        {.name = "nowhere", .start = 0x20, .size = 8, .section = 999},
        {.name = "$x", .start = 0x20, .type = STT_NOTYPE}};

    CHECK(names_at(symbols, 0x20).empty());
}

TEST_CASE("symbols of several files are one table", "[unwind]")
{
    SymbolTable table;
    const bool full = table.add(open_elf_in_memory(
        build_symbol_file({{.name = "exported", .start = 0x20, .size = 8}}, SHT_DYNSYM)));
    const bool full_too = table.add(open_elf_in_memory(
        build_symbol_file({{.name = "local", .start = 0x40, .size = 8}}, SHT_SYMTAB)));

    CHECK_FALSE(full);
    CHECK(full_too);
    CHECK(table.find(0x20)->names == Names{"exported"});
    CHECK(table.find(0x40)->names == Names{"local"});
}

TEST_CASE("a symbol table that makes no sense does no harm", "[unwind]")
{
    const Bytes good = build_symbol_file({{.name = "f", .start = 0x20, .size = 8}});
    for (std::size_t at = sizeof(Elf64_Ehdr); at < good.size(); ++at) {
        Bytes bytes = good;
        bytes[at] = std::byte{0xFF};
        SymbolTable table;
        if (const auto file = open_elf_in_memory(bytes)) {
            table.add(file);
        }
        const auto match = table.find(0x20);
        CHECK((!match || match->names.size() == 1));
    }
}

}  // namespace
}  // namespace pycore::test
