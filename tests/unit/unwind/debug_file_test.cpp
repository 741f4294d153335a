#include "unwind/debug_file.hpp"

#include <algorithm>

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/packers.hpp"
#include "support/section_file.hpp"
#include "support/temporary_folder.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore::test {
namespace {

const std::string by_build_id = "usr/lib/debug/.build-id/ab/cdef.debug";

Module module_with_id()
{
    Module module;
    module.path = "/usr/lib/libx.so.1";
    module.build_id = "abcdef";
    return module;
}

Bytes debug_file(std::string_view build_id)
{
    return ElfBuilder().build_id(build_id).debug_file().bytes();
}

std::uint32_t crc_32(const Bytes& bytes)
{
    std::uint32_t checksum = UINT32_MAX;
    for (const std::byte byte : bytes) {
        checksum ^= std::to_integer<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            checksum = (checksum >> 1) ^ ((checksum & 1) != 0 ? 0xEDB8'8320U : 0U);
        }
    }
    return ~checksum;
}

/// A module without a build id whose file names `debug` with this checksum.
Module module_with_link(std::uint32_t checksum)
{
    Bytes link = bytes_of("debug");
    link.resize(8);
    append(link, checksum);
    Module module;
    module.path = "/usr/lib/libx.so.1";
    module.elf =
        open_elf_in_memory(build_section_file({{.name = ".gnu_debuglink", .bytes = link}}));
    return module;
}

TEST_CASE("a debug file is found by build id below the sysroot", "[unwind]")
{
    const TemporaryFolder root;
    root.write(by_build_id, debug_file("\xab\xcd\xef"));

    CHECK(find_debug_file(module_with_id(), {.sysroot = root.path()}) != nullptr);
    CHECK(find_debug_file(module_with_id(), {.recorded_paths = false, .sysroot = root.path()}) ==
          nullptr);
}

TEST_CASE("a debug file is found in the folders that were named", "[unwind]")
{
    const TemporaryFolder root;
    root.write(by_build_id, debug_file("\xab\xcd\xef"));

    CHECK(find_debug_file(module_with_id(), {.recorded_paths = false,
                                             .debug_paths = {root.path() / "usr/lib/debug"}}) !=
          nullptr);
}

TEST_CASE("a debug file with another build id is not taken", "[unwind]")
{
    const TemporaryFolder root;
    root.write(by_build_id, debug_file("\xab\xcd\xee"));

    CHECK(find_debug_file(module_with_id(), {.sysroot = root.path()}) == nullptr);
}

TEST_CASE("without a build id the checksum of the link decides", "[unwind]")
{
    const TemporaryFolder root;
    const Bytes file = build_section_file({});
    const std::string name = GENERATE("usr/lib/debug/usr/lib/debug", "usr/lib/.debug/debug");
    root.write(name, file);

    CHECK(find_debug_file(module_with_link(crc_32(file)), {.sysroot = root.path()}) != nullptr);
    CHECK(find_debug_file(module_with_link(~crc_32(file)), {.sysroot = root.path()}) == nullptr);
}

TEST_CASE("the checksum is the well-known one", "[unwind]")
{
    CHECK(crc_32(bytes_of("123456789")) == 0xCBF4'3926);
}

NativeFrame frame_at(Address pc)
{
    NativeFrame frame;
    frame.pc = pc;
    frame.module = 0;
    return frame;
}

std::vector<Module> mapped(Module module)
{
    module.bias = 0x7000;
    module.range = AddressRange::make(Address{0x7000}, 0x1000).value();
    return {module};
}

TEST_CASE("a stripped module takes its names from its debug file", "[unwind]")
{
    const TemporaryFolder root;
    const Bytes file = build_symbol_file({{.name = "decode_row", .start = 0x20, .size = 0x10}});
    root.write("usr/lib/debug/debug", file);
    const auto modules = mapped(module_with_link(crc_32(file)));
    const AddressSpace memory(CoreBuilder().segment(Address{0x7000}, "code").open());
    NativeSymbols symbols(memory, modules, {.sysroot = root.path()});

    const auto symbol = symbols.find(frame_at(Address{0x7028}), nullptr);

    REQUIRE(symbol);
    CHECK(symbol->function == "decode_row");
    CHECK(symbol->offset == 8);
}

TEST_CASE("a stripped module takes its names from .gnu_debugdata", "[unwind]")
{
    const auto packers = all_packers();
    const auto xz = std::find_if(packers.begin(), packers.end(), [](const Packer& packer) {
        return packer.compression == Compression::xz;
    });
    if (xz == packers.end()) {
        return;
    }
    const Bytes inner = build_symbol_file({{.name = "decode_row", .start = 0x20, .size = 0x10}});
    const Bytes file =
        build_symbol_file({{.name = "exported", .start = 0x40, .size = 0x10}}, SHT_DYNSYM,
                          {{.name = ".gnu_debugdata", .bytes = xz->pack(inner)}});
    Module module;
    module.elf = open_elf_in_memory(file);
    const auto modules = mapped(module);
    const AddressSpace memory(CoreBuilder().segment(Address{0x7000}, "code").open());
    NativeSymbols symbols(memory, modules, {});

    CHECK(symbols.find(frame_at(Address{0x7020}), nullptr)->symbol == "decode_row");
    CHECK(symbols.find(frame_at(Address{0x7040}), nullptr)->symbol == "exported");
}

}  // namespace
}  // namespace pycore::test
