#include "crash/abort_message.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {
namespace {

constexpr Address library{0x7f0000000000};
constexpr Address variable{library.value + ElfBuilder::writable + 0x10};
constexpr Address message{0x5000};
constexpr std::uint64_t mapped = 0x1000;

/// glibc as it is after it has aborted with `text`.
class AbortedProcess {
public:
    explicit AbortedProcess(std::string_view text, std::string path = "/lib/libc.so.6")
    {
        memory.add_area(library, ElfBuilder::size);
        memory.add_area(message, mapped);
        memory.write(variable, message);
        memory.write(message, std::uint32_t{mapped});
        memory.write_bytes(Address{message.value + 4}, bytes_of(text));
        Module module;
        module.path = std::move(path);
        module.bias = library.value;
        module.elf = open_elf_in_memory(
            ElfBuilder().symbol("__abort_msg", variable.value - library.value, 8).bytes());
        modules.push_back(module);
    }

    [[nodiscard]] std::optional<std::string> read(const Limits& limits = {}) const
    {
        return read_abort_message(memory, modules, limits);
    }

    FakeMemory memory;
    std::vector<Module> modules;
};

TEST_CASE("what the C library said before it aborted is read", "[crash]")
{
    CHECK(AbortedProcess("free(): invalid pointer\n").read() == "free(): invalid pointer");
    CHECK(AbortedProcess("old", "/lib/libc-2.31.so").read() == "old");
}

TEST_CASE("a message of the C library is valid UTF-8", "[crash]")
{
    CHECK(AbortedProcess("p\xff: x").read() == "p\\xff: x");
}

TEST_CASE("a process that did not abort has no message", "[crash]")
{
    AbortedProcess process("left over");
    process.memory.write(variable, Address{});

    CHECK_FALSE(process.read().has_value());
}

TEST_CASE("only the C library's own file names the message", "[crash]")
{
    CHECK_FALSE(AbortedProcess("x", "/lib/libother.so").read().has_value());

    AbortedProcess without_file("x");
    without_file.modules[0].elf = nullptr;
    CHECK_FALSE(without_file.read().has_value());
}

TEST_CASE("a message that makes no sense is none", "[crash]")
{
    AbortedProcess process("text");
    Limits limits;
    SECTION("empty")
    {
        process.memory.write(Address{message.value + 4}, std::uint8_t{0});
    }
    SECTION("no room for text")
    {
        process.memory.write(message, std::uint32_t{4});
    }
    SECTION("longer than its room")
    {
        process.memory.write(message, std::uint32_t{4 + 3});
    }
    SECTION("longer than a text may be")
    {
        limits.max_text_bytes = 3;
    }
    SECTION("not in memory")
    {
        process.memory.write(variable, Address{0xdead0000});
    }
    SECTION("at the end of the address space")
    {
        process.memory.write(variable, Address{UINT64_MAX - 2});
    }
    CHECK_FALSE(process.read(limits).has_value());
}

}  // namespace
}  // namespace pycore::test
