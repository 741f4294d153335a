#include "threads/python_extension.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {
namespace {

constexpr Address place{0x7f0000000000};

/// Without the process's memory.
bool by_name(const std::string& path)
{
    Module module;
    module.path = path;
    return is_python_extension(module, FakeMemory());
}

/// With all pages of a library that defines `symbol`.
bool with_symbol(const std::string& path, const std::string& symbol)
{
    Bytes file = ElfBuilder().symbol(symbol, 0x1000, 8).bytes();
    file.resize(ElfBuilder::size);
    const CoreFile core =
        CoreBuilder().segment(place, file).mapped_file(place, ElfBuilder::size, 0, path).open();
    const AddressSpace memory(core);
    std::vector<Gap> ignored;
    return is_python_extension(read_modules(core, memory, {}, ignored).at(0), memory);
}

bool with_file(const std::string& path, const ElfBuilder& file)
{
    Module module;
    module.path = path;
    module.elf = open_elf_in_memory(file.bytes());
    return is_python_extension(module, FakeMemory());
}

TEST_CASE("file names of extension modules are known", "[threads]")
{
    CHECK(by_name("/usr/lib/python3.11/lib-dynload/_ctypes.cpython-311-x86_64-linux-gnu.so"));
    CHECK(by_name("/usr/lib/python3.11/lib-dynload/_ctypes.cpython-311d-x86_64-linux-gnu.so"));
    CHECK(by_name("/app/codec.cpython-312-aarch64-linux-musl.so"));
    CHECK(by_name("/app/codec.abi3.so"));
    CHECK(by_name("/app/größe.cpython-312-x86_64-linux-gnu.so"));
    CHECK(by_name("/venv/lib/python3.12/site-packages/codec.so"));
}

TEST_CASE("file names of other libraries are known", "[threads]")
{
    for (const char* path :
         {"/usr/bin/python3.11", "/usr/lib/libpython3.12.so.1.0", "/usr/lib/libpython3.so",
          "/lib/x86_64-linux-gnu/libc.so.6", "[vdso]", "", "/app/codec.so", "/app/.so",
          "/venv/lib/python3.12/site-packages/numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so",
          "/venv/lib/python3.12/site-packages/numpy.libs/libgfortran-040039e1.so.5.0.0",
          "/venv/lib/python3.12/site-packages/torch/lib/libtorch.so", "/app/codec.v2.so",
          "/app/.cpython-312-x86_64-linux-gnu.so"}) {
        INFO(path);
        CHECK_FALSE(by_name(path));
    }
}

TEST_CASE("where symbols can be read in the process, they decide", "[threads]")
{
    CHECK(with_symbol("/app/codec.so", "PyInit_codec"));
    CHECK(with_symbol("/app/libcodec.so", "PyInit_libcodec"));
    CHECK(with_symbol("/app/codec.cpython-312-x86_64-linux-gnu.so", "PyInit_codec"));
    CHECK_FALSE(with_symbol("/app/codec.cpython-312-x86_64-linux-gnu.so", "PyInit_other"));
    CHECK_FALSE(with_symbol("/v/site-packages/codec.so", "decode"));
    CHECK_FALSE(with_symbol("/v/site-packages/codec.so.1", "PyInit_codec"));
}

TEST_CASE("where only the file is at hand, its symbols decide", "[threads]")
{
    const std::string path = "/app/codec.cpython-312-x86_64-linux-gnu.so";
    CHECK(with_file(path, ElfBuilder().symbol("PyInit_codec", 0x1000, 8)));
    CHECK_FALSE(with_file(path, ElfBuilder().symbol("PyInit_other", 0x1000, 8)));
    CHECK(with_file(path, ElfBuilder().debug_file()));
    CHECK_FALSE(with_file("/app/codec.so", ElfBuilder().debug_file()));
    CHECK(with_file("/app/codec.so",
                    ElfBuilder().local_symbol("PyInit_codec", 0x1000, 8).debug_file()));
}

}  // namespace
}  // namespace pycore::test
