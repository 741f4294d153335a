#include "elf/sparse_file.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t mebibyte = 1 << 20;

std::string place_of(const FileDescriptor& file)
{
    return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file.number())).string();
}

/// Sets TMPDIR for one test.
class TemporaryDirectoryVariable {
public:
    explicit TemporaryDirectoryVariable(const std::string& value)
    {
        ::setenv("TMPDIR", value.c_str(), 1);
    }
    ~TemporaryDirectoryVariable() { ::unsetenv("TMPDIR"); }
    TemporaryDirectoryVariable(const TemporaryDirectoryVariable&) = delete;
    TemporaryDirectoryVariable& operator=(const TemporaryDirectoryVariable&) = delete;
};

TEST_CASE("a small file stays in memory", "[elf]")
{
    SparseFile sparse;
    REQUIRE(sparse.append(Bytes(100, std::byte{1})));

    const auto file = sparse.finish();

    REQUIRE(file);
    CHECK_THAT(place_of(*file), contains("/memfd:"));
}

TEST_CASE("a file that grows moves to the disk, where it has no name", "[elf]")
{
    const TemporaryFolder folder;
    const TemporaryDirectoryVariable variable(folder.path().string());
    SparseFile sparse;
    for (std::size_t part = 0; part < 70; ++part) {
        REQUIRE(sparse.append(Bytes(mebibyte, static_cast<std::byte>(part % 3))));
    }
    REQUIRE(sparse.append(Bytes(50 * mebibyte, std::byte{7})));

    const auto file = sparse.finish();

    REQUIRE(file);
    CHECK_THAT(place_of(*file), contains(folder.path().string()));
    CHECK(std::filesystem::is_empty(folder.path()));
    for (std::size_t part = 0; part < 70; ++part) {
        Bytes bytes(mebibyte);
        REQUIRE(::pread(file->number(), bytes.data(), bytes.size(),
                        static_cast<off_t>(part * mebibyte)) == std::ssize(bytes));
        REQUIRE(bytes == Bytes(mebibyte, static_cast<std::byte>(part % 3)));
    }
    struct stat status = {};
    REQUIRE(::fstat(file->number(), &status) == 0);
    CHECK(status.st_size == std::int64_t{120 * mebibyte});
    CHECK(status.st_blocks * 512 < std::int64_t{100 * mebibyte});
}

TEST_CASE("a file that ends in zeros has them", "[elf]")
{
    SparseFile sparse;
    REQUIRE(sparse.append(Bytes(3, std::byte{1})));
    REQUIRE(sparse.append(Bytes(9000)));

    const auto file = sparse.finish();

    struct stat status = {};
    REQUIRE(::fstat(file->number(), &status) == 0);
    CHECK(status.st_size == 9003);
}

TEST_CASE("a TMPDIR that cannot be used is passed over", "[elf]")
{
    const TemporaryDirectoryVariable variable("/nonexistent");

    CHECK(open_temporary_file());
}

}  // namespace
}  // namespace pycore::test
