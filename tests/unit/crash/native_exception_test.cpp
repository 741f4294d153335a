#include "crash/native_exception.hpp"

#include "elf/mini_debug_info.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/section_file.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address library{0x10000};  // code; the addresses in its file are those after 0x10000
constexpr Address terminate{library.value + 0x100};
constexpr Address personality{library.value + 0x200};
constexpr Address get_globals{library.value + 0x300};
constexpr Address what_of_runtime_error{library.value + 0x400};
constexpr Address tls_index{library.value + 0x800};

constexpr Address thread_pointer{0x20000};
constexpr Address vector{0x20100};
constexpr Address globals{0x20200};

constexpr Address header{0x30000};
constexpr Address object{header.value + 0x70};
constexpr Address dependent{0x30200};
constexpr Address type{0x31000};
constexpr Address type_name{0x31100};
constexpr Address table{0x31200};
constexpr Address text{0x31300};

constexpr std::uint64_t own_class = 0x474E5543432B2B00;

/// A process that libstdc++ terminates for a std::runtime_error.
class TerminatedProcess {
public:
    TerminatedProcess()
    {
        memory.add_area(library, 0x1000);
        memory.add_area(thread_pointer, 0x1000);
        memory.add_area(header, 0x2000);
        put_get_globals();
        memory.write(tls_index, std::uint64_t{1});
        memory.write(Address{thread_pointer.value + 8}, vector);
        memory.write(Address{vector.value - 16}, std::uint64_t{1});
        memory.write(Address{vector.value + 16}, globals);
        memory.write(globals, header);
        memory.write(header, type);
        memory.write(Address{header.value + 0x50}, own_class);
        name_type("St13runtime_error");
        memory.write(object, Address{table.value + 16});
        memory.write(Address{object.value + 8}, text);
        memory.write(Address{table.value + 8}, type);
        memory.write(Address{table.value + 32}, what_of_runtime_error);
        memory.write_bytes(text, bytes_of("no row 7"));
        add_library();
        stack.frames = {frame(Address{0x500}, std::nullopt), frame(terminate, 0),
                        frame(Address{0x600}, std::nullopt)};
    }

    void name_type(std::string_view name)
    {
        memory.write(Address{type.value + 8}, type_name);
        memory.write_bytes(type_name, bytes_of(name));
        memory.write(Address{type_name.value + name.size()}, std::uint8_t{0});
    }

    static NativeFrame frame(Address at, std::optional<std::size_t> module)
    {
        NativeFrame made;
        made.pc = Address{at.value + 4};
        made.return_address = true;
        made.module = module;
        return made;
    }

    std::optional<NativeException> read()
    {
        ThreadRegisters thread;
        thread.thread_pointer = thread_pointer;
        NativeSymbols symbols(memory, modules, {});
        return read_native_exception(thread, stack, memory, modules, symbols, {});
    }

    FakeMemory memory;
    std::vector<Module> modules;
    NativeStack stack;

private:
    void put_get_globals()
    {
        Bytes code = bytes_from({0x48, 0x83, 0xEC, 0x08, 0x48, 0x8D, 0x3D});
        append(code, static_cast<std::int32_t>(tls_index.value - get_globals.value - 11));
        const Bytes rest = bytes_from({0xE8, 0, 0, 0, 0, 0x48, 0x83, 0xC4, 0x08, 0xC3});
        code.insert(code.end(), rest.begin(), rest.end());
        memory.write_bytes(get_globals, code);
    }

    void add_library()
    {
        const auto symbol = [](std::string name, Address at) {
            return FunctionSymbol{
                .name = std::move(name), .start = at.value - library.value, .size = 0x80};
        };
        Module module;
        module.path = "/lib/libstdc++.so.6";
        module.bias = library.value;
        module.range = AddressRange::make(library, 0x1000).value();
        module.elf = open_elf_in_memory(build_symbol_file(
            {symbol("_ZSt9terminatev", terminate), symbol("__gxx_personality_v0", personality),
             symbol("__cxa_get_globals", get_globals),
             symbol("_ZNKSt13runtime_error4whatEv", what_of_runtime_error)}));
        modules.push_back(module);
    }
};

TEST_CASE("the exception that terminated the process is named", "[crash]")
{
    const auto exception = TerminatedProcess().read();

    REQUIRE(exception.has_value());
    CHECK(exception->type == "std::runtime_error");
    CHECK(exception->message == "no row 7");
}

TEST_CASE("any type can be thrown", "[crash]")
{
    struct Case {
        const char* mangled;
        const char* name;
    };
    const auto thrown = GENERATE(Case{"i", "int"}, Case{"PKc", "char const*"},
                                 Case{"N5codec8BadInputE", "codec::BadInput"},
                                 Case{"*N12_GLOBAL__N_15LocalE", "(anonymous namespace)::Local"},
                                 Case{"not a name", "not a name"});
    TerminatedProcess process;
    process.name_type(thrown.mangled);

    const auto exception = process.read();

    REQUIRE(exception.has_value());
    CHECK(exception->type == thrown.name);
}

TEST_CASE("an exception that was thrown again from elsewhere is the one it refers to", "[crash]")
{
    TerminatedProcess process;
    process.memory.write(globals, dependent);
    process.memory.write(dependent, object);
    process.memory.write(Address{dependent.value + 0x50}, own_class + 1);

    const auto exception = process.read();

    REQUIRE(exception.has_value());
    CHECK(exception->type == "std::runtime_error");
    CHECK(exception->message == "no row 7");
}

TEST_CASE("what a type says itself is not guessed", "[crash]")
{
    TerminatedProcess process;
    SECTION("it overrides what()")
    {
        process.memory.write(Address{table.value + 32}, Address{library.value + 0x500});
    }
    SECTION("it has no virtual table of its own")
    {
        process.memory.write(Address{table.value + 8}, Address{type.value + 0x40});
    }
    SECTION("its text cannot be read")
    {
        process.memory.write(Address{object.value + 8}, Address{0xdead0000});
    }
    const auto exception = process.read();

    REQUIRE(exception.has_value());
    CHECK(exception->type == "std::runtime_error");
    CHECK(exception->message.empty());
}

TEST_CASE("without an exception of C++ there is none", "[crash]")
{
    TerminatedProcess process;
    SECTION("terminated without one")
    {
        process.memory.write(globals, Address{});
    }
    SECTION("the thread never had one")
    {
        process.memory.write(Address{vector.value + 16}, UINT64_MAX);
    }
    SECTION("not terminated by libstdc++")
    {
        process.stack.frames.erase(process.stack.frames.begin() + 1);
    }
    SECTION("of another language")
    {
        process.memory.write(Address{header.value + 0x50}, std::uint64_t{0x4D4F5A0052555354});
    }
    SECTION("its type cannot be read")
    {
        process.memory.write(header, Address{0xdead0000});
    }
    SECTION("a dependent one of nothing")
    {
        process.memory.write(Address{header.value + 0x50}, own_class + 1);
        process.memory.write(header, Address{});
    }
    SECTION("libstdc++'s file is missing")
    {
        process.modules[0].elf = nullptr;
    }
    CHECK_FALSE(process.read().has_value());
}

TEST_CASE("a personality routine ends the process by two unnamed functions", "[crash]")
{
    const Address unnamed{library.value + 0x700};
    TerminatedProcess process;
    const auto frame = TerminatedProcess::frame;
    process.stack.frames = {frame(Address{0x500}, std::nullopt), frame(unnamed, 0),
                            frame(unnamed, 0), frame(personality, 0)};
    CHECK(process.read().has_value());

    process.stack.frames = {frame(Address{0x500}, std::nullopt),
                            frame(Address{0x500}, std::nullopt), frame(unnamed, 0),
                            frame(personality, 0)};
    CHECK_FALSE(process.read().has_value());

    process.stack.frames = {frame(unnamed, 0), frame(unnamed, 0), frame(personality, 0)};
    CHECK_FALSE(process.read().has_value());
}

}  // namespace
}  // namespace pycore::test
