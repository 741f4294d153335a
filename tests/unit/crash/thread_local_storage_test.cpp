#include "crash/thread_local_storage.hpp"

#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address function{0x1000};
constexpr Address argument{0x2040};
constexpr Address thread_pointer{0x8000};
constexpr Address vector{0x9100};
constexpr Address block{0xA000};

/// The bytes with room for a number after `before`.
Bytes with_number(std::initializer_list<int> before, std::int64_t number)
{
    Bytes bytes = bytes_from(before);
    append(bytes, static_cast<std::int32_t>(number));
    return bytes;
}

Bytes joined(const std::vector<Bytes>& parts)
{
    Bytes all;
    for (const Bytes& part : parts) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::optional<ThreadVariable> variable_of(const Bytes& code)
{
    FakeMemory memory;
    memory.add_area(function, 0x100);
    memory.add_area(argument, 0x20);
    memory.write(argument, std::uint64_t{3});
    memory.write(Address{argument.value + 8}, std::uint64_t{0x10});
    memory.write_bytes(function, code);
    return find_returned_variable(memory, function);
}

/// As g++ 12 to 15 make `__cxa_get_globals`.
Bytes local_dynamic(std::int32_t added)
{
    const std::int64_t displacement =
        static_cast<std::int64_t>(argument.value) - static_cast<std::int64_t>(function.value + 15);
    return joined({bytes_from({0xF3, 0x0F, 0x1E, 0xFA}), bytes_from({0x48, 0x83, 0xEC, 0x08}),
                   with_number({0x48, 0x8D, 0x3D}, displacement), with_number({0xE8}, 0x1234),
                   bytes_from({0x48, 0x83, 0xC4, 0x08}), with_number({0x48, 0x05}, added),
                   bytes_from({0xC3})});
}

/// As g++ makes it for a variable that its module cannot be sure to own.
Bytes general_dynamic()
{
    const std::int64_t displacement =
        static_cast<std::int64_t>(argument.value) - static_cast<std::int64_t>(function.value + 12);
    return joined({bytes_from({0x48, 0x83, 0xEC, 0x08}),
                   with_number({0x66, 0x48, 0x8D, 0x3D}, displacement),
                   with_number({0x66, 0x66, 0x48, 0xE8}, 0x1234),
                   bytes_from({0x48, 0x83, 0xC4, 0x08, 0xC3})});
}

TEST_CASE("the variable that a function returns is told by its instructions", "[crash]")
{
    const auto local = variable_of(local_dynamic(0x20));
    REQUIRE(local.has_value());
    CHECK(local->module == 3);
    CHECK(local->offset == 0x30);

    const auto general = variable_of(general_dynamic());
    REQUIRE(general.has_value());
    CHECK(general->module == 3);
    CHECK(general->offset == 0x10);
}

TEST_CASE("a function that does anything else returns no variable", "[crash]")
{
    const Bytes code = GENERATE(local_dynamic(0), general_dynamic());
    REQUIRE(variable_of(code).has_value());
    const std::size_t last = code.size() - 1;
    Bytes changed = code;
    changed[last] = std::byte{0x90};
    CHECK_FALSE(variable_of(changed).has_value());
    changed = code;
    changed.insert(changed.begin() + 4, std::byte{0x90});
    CHECK_FALSE(variable_of(changed).has_value());
    CHECK_FALSE(variable_of(Bytes(last)).has_value());
    CHECK_FALSE(find_returned_variable(FakeMemory(), function).has_value());
}

/// A thread that knows four modules, of which the third has its variables at `block`.
FakeMemory thread_memory()
{
    FakeMemory memory;
    memory.add_area(thread_pointer, 0x100);
    memory.add_area(Address{vector.value - 16}, 16 * 6);
    memory.write(Address{thread_pointer.value + 8}, vector);
    memory.write(Address{vector.value - 16}, std::uint64_t{4});
    memory.write(Address{vector.value + 16}, UINT64_MAX);
    memory.write(Address{vector.value + 3 * 16}, block);
    return memory;
}

TEST_CASE("a variable of a thread is found by glibc's vector", "[crash]")
{
    CHECK(find_thread_variable(thread_memory(), thread_pointer, {.module = 3, .offset = 0x18}) ==
          Address{block.value + 0x18});
}

TEST_CASE("a variable that the thread does not have is not found", "[crash]")
{
    FakeMemory memory = thread_memory();
    ThreadVariable variable{.module = 3, .offset = 0};
    Address at = thread_pointer;
    SECTION("not used yet")
    {
        variable.module = 1;
    }
    SECTION("no such module")
    {
        variable.module = 0;
    }
    SECTION("a module loaded later")
    {
        variable.module = 5;
    }
    SECTION("a count beyond memory")
    {
        memory.write(Address{vector.value - 16}, UINT64_MAX);
        variable.module = UINT64_MAX / 2;
    }
    SECTION("an offset beyond the address space")
    {
        variable.offset = UINT64_MAX;
    }
    SECTION("no thread pointer")
    {
        at = Address{};
    }
    SECTION("no vector")
    {
        memory.write(Address{thread_pointer.value + 8}, Address{0xdead0000});
    }
    CHECK_FALSE(find_thread_variable(memory, at, variable).has_value());
}

}  // namespace
}  // namespace pycore::test
