#include "elf/unpack.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <thread>

#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "support/packers.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr std::size_t page = 4096;

/// A core of three parts: bytes that do not compress, zeros, and bytes again.
Bytes sample_core()
{
    Bytes saved(40 * page);
    std::uint32_t state = 1;
    for (std::size_t at = 0; at < saved.size(); ++at) {
        state = state * 1664525 + 1013904223;
        const bool zeros = at >= 10 * page && at < 30 * page;
        saved[at] = zeros ? std::byte{0} : static_cast<std::byte>(state >> 24);
    }
    return CoreBuilder().thread({.tid = 1}).segment(Address{0x10000}, std::move(saved)).bytes();
}

Bytes joined(const Bytes& first, const Bytes& second)
{
    Bytes both = first;
    both.insert(both.end(), second.begin(), second.end());
    return both;
}

Bytes part(const Bytes& bytes, std::size_t from, std::size_t to)
{
    return {bytes.begin() + static_cast<std::ptrdiff_t>(from),
            bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

Result<Unpacked> unpack_file(const Bytes& bytes,
                             const Limits& limits = {},
                             const UnpackOptions& options = {})
{
    const TemporaryFolder folder;
    FileDescriptor file(::open(folder.write("packed", bytes).c_str(), O_RDONLY | O_CLOEXEC));
    return unpack(std::move(file), limits, options);
}

Bytes bytes_in(const InputFile& file)
{
    Bytes bytes(static_cast<std::size_t>(file.size()));
    REQUIRE(file.read_bytes(0, bytes, "all"));
    return bytes;
}

/// A pipe that gives `bytes` in pieces.
class SlowPipe {
public:
    explicit SlowPipe(Bytes bytes, int flags = 0) : bytes_(std::move(bytes))
    {
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC | flags) == 0);
        read_end_ = FileDescriptor(ends[0]);
        writer_ = std::thread([this, write_end = ends[1]] {
            const FileDescriptor end(write_end);
            for (std::size_t at = 0; at < bytes_.size();) {
                const std::size_t count = std::min<std::size_t>(1000, bytes_.size() - at);
                const auto done = ::write(end.number(), bytes_.data() + at, count);
                at += done > 0 ? static_cast<std::size_t>(done) : 0;
            }
        });
    }
    ~SlowPipe() { writer_.join(); }
    SlowPipe(const SlowPipe&) = delete;
    SlowPipe& operator=(const SlowPipe&) = delete;

    [[nodiscard]] int descriptor() const { return read_end_.number(); }

private:
    Bytes bytes_;
    FileDescriptor read_end_;
    std::thread writer_;
};

TEST_CASE("every compression is recognised by its bytes and unpacked", "[elf]")
{
    const Packer packer = GENERATE(from_range(all_packers()));
    const Bytes core = sample_core();

    const auto unpacked = unpack_file(packer.pack(core));

    INFO(name_of(packer.compression));
    REQUIRE(unpacked);
    CHECK(unpacked->compression == packer.compression);
    CHECK_FALSE(unpacked->problem);
    CHECK(bytes_in(*unpacked->input) == core);
}

TEST_CASE("frames and members that follow one another are one core", "[elf]")
{
    const Packer packer = GENERATE(from_range(all_packers()));
    const Bytes core = sample_core();
    const Bytes packed =
        joined(packer.pack(part(core, 0, 100'001)), packer.pack(part(core, 100'001, core.size())));

    const auto unpacked = unpack_file(packed);

    INFO(name_of(packer.compression));
    REQUIRE(unpacked);
    CHECK_FALSE(unpacked->problem);
    CHECK(bytes_in(*unpacked->input) == core);
}

TEST_CASE("a stream that is cut off gives what came before", "[elf]")
{
    const Packer packer = GENERATE(from_range(all_packers()));
    const Bytes core = sample_core();
    Bytes packed = packer.pack(core);
    packed.resize(packed.size() * 9 / 10);

    const auto unpacked = unpack_file(packed);

    INFO(name_of(packer.compression));
    REQUIRE(unpacked);
    REQUIRE(unpacked->problem);
    CHECK(unpacked->problem->fault.code == FaultCode::truncated);
    const Bytes got = bytes_in(*unpacked->input);
    CHECK(got.size() < core.size());
    CHECK(std::equal(got.begin(), got.end(), core.begin()));
}

TEST_CASE("a stream that is damaged gives what came before", "[elf]")
{
    const Packer packer = GENERATE(from_range(all_packers()));
    const Bytes core = sample_core();
    Bytes packed =
        joined(packer.pack(part(core, 0, 50'000)), packer.pack(part(core, 50'000, 50'010)));
    std::fill(packed.end() - 12, packed.end(), std::byte{0xa5});

    const auto unpacked = unpack_file(packed);

    INFO(name_of(packer.compression));
    REQUIRE(unpacked);
    REQUIRE(unpacked->problem);
    const Bytes got = bytes_in(*unpacked->input);
    CHECK(got.size() >= 50'000);
    CHECK(std::equal(got.begin(), got.begin() + 50'000, core.begin()));
}

TEST_CASE("what follows a complete stream and is no stream is no damage", "[elf]")
{
    const Bytes core = sample_core();

    const auto unpacked = unpack_file(joined(pack_zstd(core), Bytes(512)));

    REQUIRE(unpacked);
    CHECK_FALSE(unpacked->problem);
    CHECK(bytes_in(*unpacked->input) == core);
}

TEST_CASE("a core that comes out cut off is read as far as it goes", "[elf]")
{
    Bytes packed = pack_zstd(sample_core());
    packed.resize(packed.size() * 9 / 10);

    const auto core = open_core(packed);

    REQUIRE(core);
    CHECK(core->compression() == Compression::zstd);
    CHECK(core->truncated());
    CHECK(core->threads().size() == 1);
    REQUIRE(core->problems().size() == 1);
    CHECK_THAT(core->problems()[0].message, contains("ends too early"));
}

TEST_CASE("a stream of which nothing comes out is a fault", "[elf]")
{
    Bytes packed = pack_zstd(sample_core());
    packed.resize(10);

    CHECK(open_core(packed).fault().code == FaultCode::truncated);
}

TEST_CASE("no more is unpacked than the limit allows", "[elf]")
{
    const auto core = open_core(pack_zstd(sample_core()), Limits{.max_unpacked_bytes = 50'000});

    REQUIRE(core);
    CHECK(core->size() == 50'000);
    CHECK(core->truncated());
    REQUIRE(core->problems().size() == 1);
    CHECK(core->problems()[0].fault.code == FaultCode::limit_reached);
}

TEST_CASE("what unpacks to something else than a core is left at once", "[elf]")
{
    const auto unpacked = unpack_file(pack_zstd(Bytes(10 << 20, std::byte{'x'})));

    REQUIRE(unpacked);
    CHECK(unpacked->input->size() < 1 << 20);
    CHECK(open_core(pack_zstd(bytes_of("hello"))).fault() ==
          Fault{FaultCode::bad_format, 0, "ELF magic"});
}

TEST_CASE("a window wider than allowed is refused", "[elf]")
{
    const Bytes packed = pack_zstd(sample_core(), 27);

    CHECK(open_core(packed));
    CHECK(open_core(packed, Limits{.max_unpack_memory = 1 << 20}).fault() ==
          Fault{FaultCode::limit_reached, 0, "zstd window"});
}

TEST_CASE("zeros become holes", "[elf]")
{
    const Bytes core = CoreBuilder().segment(Address{0x10000}, Bytes(8 << 20)).bytes();

    const auto unpacked = unpack_file(pack_zstd(core));

    REQUIRE(unpacked);
    struct stat status = {};
    REQUIRE(::fstat(unpacked->input->descriptor(), &status) == 0);
    CHECK(status.st_size == std::ssize(core));
    CHECK(status.st_blocks * 512 <= 4 * std::int64_t{page});
    CHECK(bytes_in(*unpacked->input) == core);
}

TEST_CASE("a core may come through a pipe, plain or packed", "[elf]")
{
    const Bytes core = sample_core();
    const bool packed = GENERATE(false, true);
    const int flags = GENERATE(0, O_NONBLOCK);
    const SlowPipe pipe(packed ? pack_zstd(core) : core, flags);

    const auto opened = CoreFile::open(pipe.descriptor());

    REQUIRE(opened);
    CHECK(opened->size() == core.size());
    CHECK(opened->compression() == (packed ? Compression::zstd : Compression::none));
    CHECK(bytes_in(*opened->input()) == core);
}

TEST_CASE("the caller's descriptor stays open, and is read from the file's start", "[elf]")
{
    const TemporaryFolder folder;
    const FileDescriptor file(
        ::open(folder.write("core", sample_core()).c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(::lseek(file.number(), 1000, SEEK_SET) == 1000);

    CHECK(CoreFile::open(file.number()));

    CHECK(::lseek(file.number(), 0, SEEK_CUR) == 1000);
}

TEST_CASE("progress ends with all of the file", "[elf]")
{
    const Bytes core = CoreBuilder().segment(Address{0x10000}, Bytes(12 << 20)).bytes();
    const Bytes packed = pack_zstd(core);
    std::vector<std::uint64_t> told;

    const auto unpacked = unpack_file(packed, {}, {.progress = [&](auto done, auto, auto total) {
                                          told.push_back(done);
                                          CHECK(total == packed.size());
                                      }});

    REQUIRE(unpacked);
    CHECK(told.size() >= 3);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.back() == core.size());
}

TEST_CASE("who cancels an unpacking gets nothing", "[elf]")
{
    const Bytes core = CoreBuilder().segment(Address{0x10000}, Bytes(12 << 20)).bytes();
    int asked = 0;

    const auto unpacked =
        unpack_file(pack_zstd(core), {}, {.cancelled = [&] { return ++asked == 3; }});

    REQUIRE_FALSE(unpacked);
    CHECK(unpacked.fault().code == FaultCode::cancelled);
    CHECK(asked == 3);
}

TEST_CASE("a core is unpacked into the caller's file", "[elf]")
{
    const TemporaryFolder folder;
    const Bytes core = sample_core();
    const std::string path = (folder.path() / "unpacked").string();
    const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));

    const auto unpacked = unpack_file(pack_zstd(core), {}, {.file = file.number()});

    REQUIRE(unpacked);
    CHECK(bytes_in(*unpacked->input) == core);
    CHECK(std::filesystem::file_size(path) == core.size());
    CHECK(::fcntl(file.number(), F_GETFD) >= 0);
}

TEST_CASE("a file that cannot take a core is a fault", "[elf]")
{
    const FileDescriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));

    const auto unpacked = unpack_file(pack_zstd(sample_core()), {}, {.file = file.number()});

    REQUIRE_FALSE(unpacked);
    CHECK(unpacked.fault().code == FaultCode::io_error);
    CHECK(unpacked.fault().where == EBADF);
}

}  // namespace
}  // namespace pycore::test
