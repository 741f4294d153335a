#include "pycore/memory.hpp"

#include <algorithm>
#include <string>

#include "support/catch.hpp"

namespace pycore::test {
namespace {

/// Memory that gives at most three bytes at a time.
class Reluctant final : public Memory {
public:
    explicit Reluctant(std::string text) : text_(std::move(text)) {}

private:
    Result<std::size_t> read_some(Address at, std::span<std::byte> out, Label what) const override
    {
        if (at.value >= text_.size()) {
            return Fault{FaultCode::unmapped, at.value, what};
        }
        const auto offset = static_cast<std::size_t>(at.value);
        const std::size_t count = std::min({out.size(), text_.size() - offset, std::size_t{3}});
        const auto bytes = std::as_bytes(std::span(text_)).subspan(offset, count);
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return count;
    }

    std::string text_;
};

TEST_CASE("a read comes back until it has all", "[memory]")
{
    const Reluctant memory("abcdefgh");

    CHECK(memory.read<std::uint64_t>(Address{0}, "number").value() == 0x6867666564636261);
}

TEST_CASE("a read that fails names the first address it could not read", "[memory]")
{
    const Reluctant memory("abcde");

    CHECK(memory.read<std::uint64_t>(Address{0}, "number").fault() ==
          Fault{FaultCode::unmapped, 5, "number"});
}

TEST_CASE("a read of nothing succeeds anywhere", "[memory]")
{
    CHECK(Reluctant("").read_bytes(Address{123}, {}, "nothing"));
}

TEST_CASE("a C string ends before its NUL", "[memory]")
{
    const Reluctant memory(std::string("hello world\0more", 16));

    CHECK(memory.read_c_string(Address{0}, 100, "text").value() == "hello world");
    CHECK(memory.read_c_string(Address{11}, 100, "text").value().empty());
}

TEST_CASE("a C string without a NUL within the limit is refused", "[memory]")
{
    const Reluctant memory(std::string("hello\0", 6));

    CHECK(memory.read_c_string(Address{0}, 6, "text").value() == "hello");
    CHECK(memory.read_c_string(Address{0}, 5, "text").fault() ==
          Fault{FaultCode::limit_reached, 0, "text"});
    CHECK(memory.read_c_string(Address{0}, 0, "text").fault().code == FaultCode::limit_reached);
}

TEST_CASE("a C string that runs out of memory says where", "[memory]")
{
    CHECK(Reluctant("hello").read_c_string(Address{0}, 100, "text").fault() ==
          Fault{FaultCode::unmapped, 5, "text"});
}

}  // namespace
}  // namespace pycore::test
