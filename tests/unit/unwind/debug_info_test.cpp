#include "unwind/debug_info.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/section_file.hpp"

namespace pycore::test {

// Out of the unnamed namespace and not inlined: the test looks for it in its own program's DWARF.
[[gnu::noinline]] int function_for_debug_info(int argument);

namespace {

// Where in the function its first instruction is, optimization decides.
constexpr std::uint32_t first_line = __LINE__ + 4;
constexpr std::uint32_t last_line = first_line + 4;

}  // namespace

int function_for_debug_info(int argument)
{
    volatile int value = argument;
    return value + 1;
}

namespace {

std::shared_ptr<const ElfFile> own_program()
{
    const auto input = InputFile::open("/proc/self/exe", InputFile::module_cache);
    return ElfFile::open(input.value()).value();
}

TEST_CASE("a function's name, file and line are in DWARF", "[unwind]")
{
    const auto file = own_program();
    const auto debug_info = DebugInfo::open(file, nullptr);
    if (!debug_info) {
        CHECK_FALSE(file->find_section(".debug_info").has_value());
        return;
    }
    REQUIRE(function_for_debug_info(1) == 2);
    const auto symbol = file->find_symbol("_ZN6pycore4test23function_for_debug_infoEi");
    REQUIRE(symbol);

    const auto frames = debug_info->find(symbol->value);

    REQUIRE_FALSE(frames.empty());
    CHECK(frames.back().symbol == "_ZN6pycore4test23function_for_debug_infoEi");
    CHECK_FALSE(frames.back().inlined);
    CHECK(frames.back().line >= first_line);
    CHECK(frames.back().line <= last_line);
    CHECK_THAT(frames.back().file, contains("debug_info_test.cpp"));
    CHECK(debug_info->find(0).empty());
}

TEST_CASE("a file without DWARF has no debug information", "[unwind]")
{
    const auto input = build_symbol_file({{.name = "f", .start = 0x20, .size = 8}});
    CHECK(DebugInfo::open(open_elf_in_memory(input), nullptr) == nullptr);
}

TEST_CASE("debug information whose supplement is missing is not read", "[unwind]")
{
    Bytes link = bytes_of("supplement");
    link.push_back(std::byte{0});
    link.push_back(std::byte{0xAB});
    link.push_back(std::byte{0xCD});
    const auto file =
        open_elf_in_memory(build_section_file({{.name = ".debug_info", .bytes = Bytes(64)},
                                               {.name = ".gnu_debugaltlink", .bytes = link}}));

    CHECK(read_supplement_id(*file) == "abcd");
    CHECK(DebugInfo::open(file, nullptr) == nullptr);
}

}  // namespace
}  // namespace pycore::test
