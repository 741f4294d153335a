#include "descriptor_stream.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "support/catch.hpp"

namespace pycore {
namespace {

TEST_CASE("small and large writes arrive in order, also through a full pipe", "[output]")
{
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    REQUIRE(::fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
    std::string expected;
    for (int i = 0; i < 200; ++i) {
        expected += std::to_string(i) + std::string(i % 3 == 0 ? 20'000 : 7, 'x');
    }
    std::thread writer([&] {
        DescriptorBuffer buffer(ends[1]);
        std::ostream out(&buffer);
        for (int i = 0; i < 200; ++i) {
            out << i << std::string(i % 3 == 0 ? 20'000 : 7, 'x');
        }
        out.flush();
        ::close(ends[1]);
    });
    std::string seen;
    char bytes[4096];
    for (ssize_t count = 0; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;) {
        seen.append(bytes, static_cast<std::size_t>(count));
    }
    writer.join();
    ::close(ends[0]);
    CHECK(seen == expected);
}

TEST_CASE("the first error is kept and nothing is written after it", "[output]")
{
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    DescriptorBuffer buffer(full);
    std::ostream out(&buffer);
    out << "lost";
    CHECK(buffer.error() == 0);
    out.flush();
    CHECK(buffer.error() == ENOSPC);
    ::close(full);
    out << std::string(100'000, 'x') << std::flush;
    CHECK(buffer.error() == ENOSPC);
    CHECK_FALSE(out);
}

}  // namespace
}  // namespace pycore
