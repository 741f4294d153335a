#include <elf.h>

#include "support/catch.hpp"
#include "support/core_builder.hpp"
#include "threads/describe_process.hpp"

namespace pycore::test {
namespace {

using Arguments = std::vector<std::string>;

constexpr Address stack{0x7ffe'0000};

/// The top of a main stack as the kernel makes it, for a process with one variable and two
/// auxiliary values.
class MainStack {
public:
    explicit MainStack(const Arguments& arguments, std::uint64_t argument_count)
    {
        const std::size_t words = 1 + arguments.size() + 1 + 2 + 6;
        Bytes strings;
        const auto add_string = [&](const std::string& text) {
            const std::uint64_t at = stack.value + words * 8 + strings.size();
            const Bytes bytes = bytes_of(text);
            strings.insert(strings.end(), bytes.begin(), bytes.end());
            strings.push_back(std::byte{0});
            return at;
        };
        append(bytes_, argument_count);
        for (const std::string& argument : arguments) {
            append(bytes_, add_string(argument));
        }
        append(bytes_, std::uint64_t{0});
        append(bytes_, add_string("HOME=/root"));
        append(bytes_, std::uint64_t{0});
        random_ = stack.value + words * 8 + strings.size();
        for (const std::uint64_t word :
             {std::uint64_t{AT_PAGESZ}, std::uint64_t{4096}, std::uint64_t{AT_RANDOM}, random_,
              std::uint64_t{AT_NULL}, std::uint64_t{0}}) {
            append(bytes_, word);
        }
        bytes_.insert(bytes_.end(), strings.begin(), strings.end());
        bytes_.resize(bytes_.size() + 32);
    }

    [[nodiscard]] CoreFile core() const
    {
        return CoreBuilder()
            .segment(stack, bytes_)
            .auxiliary(AT_PAGESZ, 4096)
            .auxiliary(AT_RANDOM, random_)
            .open();
    }

private:
    Bytes bytes_;
    std::uint64_t random_ = 0;
};

Arguments read(const CoreFile& core, const Limits& limits = {})
{
    return read_initial_stack(core, AddressSpace(core), limits).arguments;
}

TEST_CASE("the arguments are read from the top of the main stack", "[threads]")
{
    const Arguments arguments{"python3", "-m", "job", "", "a b"};

    CHECK(read(MainStack(arguments, 5).core()) == arguments);
}

TEST_CASE("an argument that is not UTF-8 is shown", "[threads]")
{
    CHECK(read(MainStack({"python3", "\xFF"}, 2).core()) == Arguments{"python3", "\\xff"});
}

TEST_CASE("a count that does not fit its arguments gives none", "[threads]")
{
    CHECK(read(MainStack({"python3", "-m"}, 7).core()).empty());
}

TEST_CASE("a core without the stack has no arguments", "[threads]")
{
    const CoreFile core =
        CoreBuilder().auxiliary(AT_PAGESZ, 4096).auxiliary(AT_RANDOM, 0x7ffe'1000).open();

    CHECK(read(core).empty());
    CHECK(read(CoreBuilder().open()).empty());
}

TEST_CASE("arguments that share one long text are cut at the limit", "[threads]")
{
    Limits limits;
    limits.max_text_bytes = 10;

    CHECK(read(MainStack({"123456", "abcdef"}, 2).core(), limits) == Arguments{"123456"});
}

}  // namespace
}  // namespace pycore::test
