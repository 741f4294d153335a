#include "elf/input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr CacheSize tiny_cache{.block_bytes = 16, .sets = 1};

Bytes counted(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t index = 0; index < size; ++index) {
        bytes[index] = static_cast<std::byte>(index * 7 + index / 251);
    }
    return bytes;
}

std::shared_ptr<const InputFile> open_bytes(const TemporaryFolder& folder, const Bytes& bytes)
{
    return InputFile::open(folder.write("input", bytes), tiny_cache).value();
}

TEST_CASE("bytes are the file's at every offset and of every length", "[elf]")
{
    const TemporaryFolder folder;
    const Bytes bytes = counted(200);
    const auto file = open_bytes(folder, bytes);

    for (std::size_t start = 0; start < bytes.size(); start += 3) {
        for (std::size_t size = 1; size <= bytes.size() - start; size += 5) {
            Bytes read(size);
            REQUIRE(file->read_bytes(start, read, "bytes"));
            REQUIRE(std::equal(read.begin(), read.end(), bytes.begin() + std::ptrdiff_t(start)));
        }
    }
}

TEST_CASE("reading past the end is truncated, at the first byte that is not there", "[elf]")
{
    const TemporaryFolder folder;
    const auto file = open_bytes(folder, counted(20));
    Bytes out(8);

    CHECK(file->read_bytes(12, out, "bytes"));
    CHECK(file->read_bytes(13, out, "bytes").fault() == Fault{FaultCode::truncated, 20, "bytes"});
    CHECK(file->read_bytes(UINT64_MAX, out, "bytes").fault().code == FaultCode::truncated);
}

TEST_CASE("a file that shrinks while it is open is truncated", "[elf]")
{
    const TemporaryFolder folder;
    const auto file = open_bytes(folder, counted(64));
    std::filesystem::resize_file(folder.path() / "input", 20);
    Bytes small(4);
    Bytes large(40);

    CHECK(file->read_bytes(0, small, "bytes"));
    CHECK(file->read_bytes(40, small, "bytes").fault().code == FaultCode::truncated);
    CHECK(file->read_bytes(10, large, "bytes").fault().code == FaultCode::truncated);
}

TEST_CASE("a file that cannot be read is an error of the system", "[elf]")
{
    const TemporaryFolder folder;
    FileDescriptor write_only(
        ::open((folder.path() / "new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    REQUIRE(::ftruncate(write_only.number(), 100) == 0);
    const auto file = InputFile::adopt(std::move(write_only), tiny_cache);

    REQUIRE(file);
    CHECK((*file)->read<char>(0, "letter").fault().code == FaultCode::io_error);
}

}  // namespace
}  // namespace pycore::test
