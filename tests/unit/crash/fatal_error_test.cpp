#include "crash/fatal_error.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/section_file.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address fatal_error{0x1100};
constexpr Address reporting{0x1200};  // the function that CPython's code calls to give up
constexpr Address refcount{0x1300};
constexpr Address caller{0x1400};
constexpr Address sp{0x10100};
constexpr Address first_text{0x14000};
constexpr Address second_text{0x14100};
constexpr Address third_text{0x14200};

// _Py_FatalErrorFunc of a release build: push %rbp; mov %rsi, %rbp; push %rbx; mov %rdi, %rbx;
// push %rax; mov stderr, %rdi; call fileno; ...; call fatal_error
const Bytes named_code = bytes_from(
    {0x55, 0x48, 0x89, 0xF5, 0x53, 0x48, 0x89, 0xFB, 0x50, 0x48, 0x8B, 0x3D, 0,    0,    0,
     0,    0xE8, 0,    0,    0,    0,    0x41, 0x83, 0xC8, 0xFF, 0x48, 0x89, 0xE9, 0x48, 0x89,
     0xDA, 0x89, 0xC7, 0xBE, 0x01, 0,    0,    0,    0xE8, 0,    0,    0,    0});

// A shorter _Py_FatalErrorFormat: push %rbp; mov %rsi, %rbp; push %rbx; mov %rdi, %rbx;
// sub $0x18, %rsp; mov %rdx, 8(%rsp); call vfprintf; call fatal_error
const Bytes formatted_code =
    bytes_from({0x55, 0x48, 0x89, 0xF5, 0x53, 0x48, 0x89, 0xFB, 0x48, 0x83, 0xEC, 0x18, 0x48, 0x89,
                0x54, 0x24, 0x08, 0xE8, 0,    0,    0,    0,    0xE8, 0,    0,    0,    0});

/// A thread that is in `fatal_error`, called by the function at `reporting`, which keeps its
/// arguments in rbx and rbp.
class FatalProcess {
public:
    FatalProcess(std::string_view symbol, const Bytes& code, std::uint64_t frame_size)
    {
        // rbp at CFA - 16 and rbx at CFA - 24
        add_function(fatal_error, {0x0E, 24, 0x86, 2, 0x83, 3});
        add_function(reporting, {0x0E, static_cast<int>(frame_size)});
        add_function(caller, {0x07, 16});
        builder.put_code(reporting, code);
        builder.word(sp, first_text.value);
        builder.word(Address{sp.value + 8}, second_text.value);
        builder.word(Address{sp.value + 16}, reporting.value + code.size());
        builder.return_address(Address{sp.value + 24 + frame_size - 8},
                               Address{caller.value + 0x40});
        if (!symbol.empty()) {
            add_symbol(std::string(symbol), reporting);
        }
        text(first_text, "my_function");
        text(second_text, "the sky fell");
    }

    void add_symbol(std::string name, Address at)
    {
        symbols.push_back({.name = std::move(name), .start = at.value, .size = 0x80});
    }

    void text(Address at, std::string_view content)
    {
        Bytes bytes = bytes_of(content);
        bytes.push_back(std::byte{0});
        builder.bytes(at, bytes);
    }

    std::optional<FatalPythonError> read(const Limits& limits = {},
                                         Machine machine = Machine::x86_64)
    {
        ThreadRegisters thread;
        thread.pc = Address{fatal_error.value + 0x10};
        thread.sp = sp;
        builder.file(open_elf_in_memory(build_symbol_file(symbols)));
        std::optional<FatalPythonError> error;
        builder.visit([&](const AddressSpace& memory, std::span<const Module> modules) {
            Deadline deadline(limits.max_time);
            const auto stack =
                Unwinder(Machine::x86_64, memory, modules).unwind(thread, limits, deadline);
            Unwinder unwinder(machine, memory, modules);
            NativeSymbols names(memory, modules, {});
            error =
                read_fatal_error(thread, stack, memory, modules, unwinder, names, limits, deadline);
        });
        return error;
    }

    StackBuilder builder;
    std::vector<FunctionSymbol> symbols;

private:
    void add_function(Address at, std::initializer_list<int> instructions)
    {
        builder.function({.start = at, .size = 0x80, .instructions = bytes_from(instructions)});
    }
};

FatalProcess named()
{
    return {"_Py_FatalErrorFunc", named_code, 32};
}

TEST_CASE("what CPython gave up for is read", "[crash]")
{
    const auto error = named().read();

    REQUIRE(error.has_value());
    CHECK(error->function == "my_function");
    CHECK(error->message == "the sky fell");
}

TEST_CASE("a fatal error of an extension names no function", "[crash]")
{
    // push %rbx; mov %rdi, %rbx; call
    FatalProcess process("Py_FatalError", bytes_from({0x53, 0x48, 0x89, 0xFB, 0xE8, 0, 0, 0, 0}),
                         16);
    process.text(first_text, "gone\xff");

    const auto error = process.read();

    REQUIRE(error.has_value());
    CHECK(error->function.empty());
    CHECK(error->message == "gone\\xff");
}

TEST_CASE("a message is put together as CPython did", "[crash]")
{
    FatalProcess process("_Py_FatalErrorFormat", formatted_code, 48);
    process.text(second_text, "%s: bug");
    process.text(third_text, "deallocating None");
    process.builder.word(Address{sp.value + 24 + 8}, third_text.value);
    SECTION("named")
    {
        REQUIRE(process.read().has_value());
        CHECK(process.read()->message == "deallocating None: bug");
    }
    SECTION("an argument is unknown")
    {
        process.text(second_text, "%s %s");
        REQUIRE(process.read().has_value());
        CHECK(process.read()->message.empty());
    }
    CHECK(process.read()->function == "my_function");
}

TEST_CASE("a function without a name is known by the one that calls it", "[crash]")
{
    FatalProcess process("", formatted_code, 48);
    process.text(second_text, "no slot");
    CHECK_FALSE(process.read().has_value());

    // push %rax; call
    Bytes code = bytes_from({0x50, 0xE8});
    append(code, static_cast<std::int32_t>(reporting.value - (refcount.value + 6)));
    process.builder.put_code(refcount, code);
    process.add_symbol("_Py_FatalRefcountErrorFunc", refcount);
    REQUIRE(process.read().has_value());
    CHECK(process.read()->function == "my_function");
    CHECK(process.read()->message == "no slot");
}

TEST_CASE("a failed assertion of CPython is told before what it says of itself", "[crash]")
{
    // push %rbx; mov %r9, %rbx; mov %rdx, %rbp; call: the expression is not kept
    FatalProcess process("_PyObject_AssertFailed",
                         bytes_from({0x53, 0x4C, 0x89, 0xCB, 0x48, 0x89, 0xD5, 0xE8, 0, 0, 0, 0}),
                         16);
    process.text(second_text, "object has negative ref count");
    CHECK(process.read()->function == "my_function");
    CHECK(process.read()->message == "object has negative ref count");

    // push %rbx; mov %rsi, %rbx; mov %rdx, %rbp; call
    FatalProcess with_expression(
        "_PyObject_AssertFailed",
        bytes_from({0x53, 0x48, 0x89, 0xF3, 0x48, 0x89, 0xD5, 0xE8, 0, 0, 0, 0}), 16);
    with_expression.text(first_text, "x > 0");
    CHECK(with_expression.read()->function.empty());
    CHECK(with_expression.read()->message == "Assertion \"x > 0\" failed: the sky fell");
}

TEST_CASE("a fatal error whose words are lost is still one", "[crash]")
{
    FatalProcess process = named();
    Limits limits;
    Machine machine = Machine::x86_64;
    SECTION("code that is not understood")
    {
        process.builder.put_code(Address{reporting.value + 21}, bytes_from({0x0F, 0xA2}));
    }
    SECTION("a part of the function")
    {
        process.symbols[0].name = "_Py_FatalErrorFunc.cold";
    }
    SECTION("texts that are no memory")
    {
        process.builder.word(sp, 0xdead0000);
        process.builder.word(Address{sp.value + 8}, 0);
    }
    SECTION("texts that are too long")
    {
        limits.max_text_bytes = 4;
    }
    SECTION("another machine")
    {
        machine = Machine::aarch64;
    }
    const auto error = process.read(limits, machine);

    REQUIRE(error.has_value());
    CHECK(error->function.empty());
    CHECK(error->message.empty());
}

TEST_CASE("a stack without such a function is no fatal error", "[crash]")
{
    FatalProcess process = named();
    process.symbols[0].name = "abort";

    CHECK_FALSE(process.read().has_value());
}

}  // namespace
}  // namespace pycore::test
