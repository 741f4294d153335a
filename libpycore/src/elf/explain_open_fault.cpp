#include <elf.h>
#include <sys/stat.h>

#include <cstring>

#include "pycore/core_file.hpp"

namespace pycore {
namespace {

std::string machine_text(std::uint64_t machine)
{
    switch (machine) {
    case EM_386: return "32-bit x86";
    case EM_ARM: return "32-bit ARM";
    case EM_PPC64: return "64-bit PowerPC";
    case EM_S390: return "S/390";
    case EM_RISCV: return "RISC-V";
    case EM_LOONGARCH: return "LoongArch";
    default: return "machine " + std::to_string(machine);
    }
}

std::string type_text(std::uint64_t type)
{
    switch (type) {
    case ET_EXEC: return "an executable";
    case ET_DYN: return "an executable or a shared library";
    case ET_REL: return "an object file";
    default: return "an ELF file of type " + std::to_string(type);
    }
}

std::string file_type_text(std::uint64_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR: return "a folder";
    case S_IFIFO: return "a named pipe";
    case S_IFSOCK: return "a socket";
    default: return "a device";
    }
}

std::string bad_format_text(const Fault& fault)
{
    if (fault.what == Label("empty file")) {
        return "the file is empty; nothing of the core was written (full disk or ulimit -c?)";
    }
    if (fault.what == Label("ELF magic")) {
        return "not an ELF core; give the core dump itself, plain or packed by zstd, lz4, xz or "
               "gzip";
    }
    if (fault.what == Label("ELF type")) {
        return "not a core but " + type_text(fault.where) + "; give the core dump of its process";
    }
    return "damaged (" + std::string(fault.what.text()) + "); copy the core again from its source";
}

std::string unsupported_text(const Fault& fault)
{
    if (fault.what == Label("ELF class")) {
        return "a 32-bit ELF file; only 64-bit cores (x86-64, aarch64) are supported";
    }
    if (fault.what == Label("ELF byte order")) {
        return "a big-endian ELF file; only x86-64 and aarch64 cores are supported";
    }
    if (fault.what == Label("ELF machine")) {
        return "a core of " + machine_text(fault.where) +
               "; only x86-64 and aarch64 cores are supported";
    }
    if (fault.what == Label("file type")) {
        return file_type_text(fault.where) + ", not a file; pipe a core in through \"-\"";
    }
    const std::string name(fault.what.text());
    return "packed by " + name +
           ", which this build cannot unpack; unpack it first, or pipe it: " + name +
           " -dc CORE | pycore-report -";
}

std::string truncated_text(const Fault& fault)
{
    if (fault.what == Label("compressed stream")) {
        return "the compressed core ends before anything of it can be used; copy it again";
    }
    return "the core ends within its headers; copy it again, or find out what cut it off "
           "(full disk, ulimit -c)";
}

}  // namespace

std::string explain_open_fault(const Fault& fault)
{
    switch (fault.code) {
    case FaultCode::bad_format: return bad_format_text(fault);
    case FaultCode::unsupported: return unsupported_text(fault);
    case FaultCode::truncated: return truncated_text(fault);
    case FaultCode::limit_reached:
        return "unpacking it needs more (" + std::string(fault.what.text()) +
               ") than is allowed; unpack it first";
    case FaultCode::io_error:
        return std::string(fault.what.text()) + ": " + std::strerror(static_cast<int>(fault.where));
    default: return describe(fault);
    }
}

}  // namespace pycore
