#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/print.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

Fault fault_of(std::span<const std::byte> bytes)
{
    return open_core(bytes).fault();
}

Fault fault_of(CoreBuilder builder, std::function<void(Elf64_Ehdr&)> change)
{
    return fault_of(builder.segment(Address{0x1000}, "x").change_header(std::move(change)).bytes());
}

TEST_CASE("an empty file is told apart", "[elf]")
{
    CHECK(fault_of({}) == Fault{FaultCode::bad_format, 0, "empty file"});
}

TEST_CASE("a file that is no ELF file is told apart, also a very short one", "[elf]")
{
    CHECK(fault_of(bytes_of("root:x:0:0:root:/root:/bin/bash\n")) ==
          Fault{FaultCode::bad_format, 0, "ELF magic"});
    CHECK(fault_of(bytes_of("a")) == Fault{FaultCode::bad_format, 0, "ELF magic"});
}

TEST_CASE("a 32-bit core is told apart", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_ident[EI_CLASS] = ELFCLASS32; }) ==
          Fault{FaultCode::unsupported, ELFCLASS32, "ELF class"});
}

TEST_CASE("a big-endian core is told apart", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_ident[EI_DATA] = ELFDATA2MSB; }) ==
          Fault{FaultCode::unsupported, ELFDATA2MSB, "ELF byte order"});
}

TEST_CASE("a core of another machine is told apart", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_machine = EM_RISCV; }) ==
          Fault{FaultCode::unsupported, EM_RISCV, "ELF machine"});
}

TEST_CASE("an executable is told apart", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_type = ET_DYN; }) ==
          Fault{FaultCode::bad_format, ET_DYN, "ELF type"});
}

TEST_CASE("a core that ends within its header, or before any segment, is truncated", "[elf]")
{
    Bytes bytes = CoreBuilder().segment(Address{0x1000}, "x").bytes();
    bytes.resize(sizeof(Elf64_Ehdr) + 10);
    CHECK(fault_of(bytes).code == FaultCode::truncated);
    CHECK(fault_of(bytes).what == Label("program headers"));

    bytes.resize(40);
    CHECK(fault_of(bytes) == Fault{FaultCode::truncated, 40, "ELF header"});
}

TEST_CASE("program headers of another size are no program headers", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_phentsize = 32; }) ==
          Fault{FaultCode::bad_format, 32, "program header size"});
}

TEST_CASE("a core without program headers holds nothing", "[elf]")
{
    CHECK(fault_of({}, [](auto& header) { header.e_phnum = 0; }) ==
          Fault{FaultCode::bad_format, 0, "program headers"});
}

TEST_CASE("a file that is not there is an error of the system", "[elf]")
{
    CHECK(CoreFile::open("/nonexistent/core").fault() ==
          Fault{FaultCode::io_error, ENOENT, "core file"});
}

TEST_CASE("folders and FIFOs are refused without waiting for them", "[elf]")
{
    const TemporaryFolder folder;
    const auto fifo = folder.path() / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);

    CHECK(CoreFile::open(folder.path()).fault().what == Label("file type"));
    CHECK(CoreFile::open(fifo).fault().what == Label("file type"));
    CHECK(CoreFile::open(fifo).fault().code == FaultCode::unsupported);
}

}  // namespace
}  // namespace pycore::test
