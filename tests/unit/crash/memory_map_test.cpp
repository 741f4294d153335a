#include "crash/memory_map.hpp"

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t page = 4096;
constexpr Address code{0x400000};
constexpr Address guard{0x7F00'0000'0000};
constexpr Address stack{guard.value + page};
constexpr Address other{stack.value + 4 * page};

Bytes zeros(std::uint64_t pages)
{
    return Bytes(pages * page, std::byte{0});
}

/// Code of a file, a guard page, the stack of thread 7 and other writable memory right above it.
CoreBuilder process()
{
    CoreBuilder core;
    core.not_saved(code, 2 * page, {.writable = false, .executable = true});
    core.not_saved(guard, page, {.writable = false});
    core.segment(stack, zeros(4)).segment(other, zeros(2));
    core.mapped_file(code, 2 * page, 0, "/usr/bin/app\xFF");
    return core;
}

CoreBuilder process_with_sp(Address sp)
{
    CoreBuilder core = process();
    core.thread({.tid = 7, .sp = sp});
    return core;
}

TEST_CASE("a region has its range, permissions and file", "[crash]")
{
    const CoreFile core = process().open();
    const MemoryMap map(core);
    const auto region = map.find_region(Address{code.value + page + 5});
    REQUIRE(region);
    CHECK(region->range == AddressRange::make(code, 2 * page));
    CHECK(region->permissions_known);
    CHECK(region->executable);
    CHECK_FALSE(region->writable);
    CHECK(region->file == "/usr/bin/app\\xff");
    CHECK_FALSE(region->stack_of);
    CHECK_FALSE(map.find_region(Address{0}));
    CHECK_FALSE(map.find_region(Address{other.value + 2 * page}));
}

TEST_CASE("only the part that is partly saved is still one region", "[crash]")
{
    const CoreFile core = CoreBuilder().segment(stack, zeros(1), {.size = 8 * page}).open();
    const auto region = MemoryMap(core).find_region(Address{stack.value + 5 * page});
    REQUIRE(region);
    CHECK(region->range == AddressRange::make(stack, 8 * page));
}

TEST_CASE("the stack of a thread is the region of its sp, not its neighbour", "[crash]")
{
    const CoreFile core = process_with_sp(Address{stack.value + page}).open();
    const MemoryMap map(core);
    CHECK(map.find_region(Address{stack.value + 2 * page})->stack_of == 7);
    CHECK(map.find_region(stack)->stack_of == 7);
    CHECK_FALSE(map.find_region(other)->stack_of);
}

TEST_CASE("a stack that overflowed is known from below", "[crash]")
{
    const Address sp = GENERATE(Address{stack.value - 16}, Address{guard.value - 64 * page});
    const CoreFile core = process_with_sp(sp).open();
    const MemoryMap map(core);
    const auto above = map.find_region_above(sp);
    REQUIRE(above);
    CHECK(above->range.low() == (sp < guard ? guard : stack));
    CHECK(map.find_region(stack)->stack_of == 7);
    CHECK_FALSE(map.find_region(guard)->stack_of);
}

TEST_CASE("above a guard page comes the stack", "[crash]")
{
    const Address sp{stack.value - 16};
    const CoreFile core = process_with_sp(sp).open();
    const auto above = MemoryMap(core).find_region_above(Address{sp.value - 8});
    REQUIRE(above);
    CHECK(above->range.low() == stack);
    CHECK(above->stack_of == 7);
}

TEST_CASE("the region above is near, or none", "[crash]")
{
    const CoreFile core = process().open();
    const MemoryMap map(core);
    CHECK(map.find_region_above(Address{code.value - 1})->range.low() == code);
    CHECK(map.find_region_above(Address{code.value - page}, page));
    CHECK_FALSE(map.find_region_above(Address{code.value - page - 1}, page));
    CHECK_FALSE(map.find_region_above(Address{UINT64_MAX}));
    CHECK_FALSE(map.find_region_above(other));
}

TEST_CASE("several stacks in one region are told apart by their sp", "[crash]")
{
    CoreBuilder builder = process();
    builder.thread({.tid = 1, .sp = Address{stack.value + page}});
    builder.thread({.tid = 2, .sp = Address{stack.value + 3 * page}});
    const CoreFile core = builder.open();
    const MemoryMap map(core);
    CHECK(map.find_region(stack)->stack_of == 1);
    CHECK(map.find_region(Address{stack.value + 2 * page})->stack_of == 1);
    CHECK(map.find_region(Address{stack.value + 3 * page + 8})->stack_of == 2);
}

TEST_CASE("a handler's own stack gives way to the thread's", "[crash]")
{
    const CoreFile core = process_with_sp(Address{other.value + 64}).open();
    MemoryMap map(core);
    CHECK(map.find_region(other)->stack_of == 7);
    map.set_stack(7, Address{stack.value + 64});
    CHECK_FALSE(map.find_region(other)->stack_of);
    CHECK(map.find_region(stack)->stack_of == 7);
}

TEST_CASE("what NT_FILE alone tells has no permissions", "[crash]")
{
    const CoreFile core = CoreBuilder()
                              .segment(Address{code.value + page}, zeros(1))
                              .mapped_file(code, 4 * page, 0, "/lib/libx.so")
                              .open();
    const MemoryMap map(core);
    const auto below = map.find_region(code);
    REQUIRE(below);
    CHECK_FALSE(below->permissions_known);
    CHECK(below->range == AddressRange::make(code, page));
    const auto above = map.find_region(Address{code.value + 3 * page});
    REQUIRE(above);
    CHECK(above->range == AddressRange::make(Address{code.value + 2 * page}, 2 * page));
    CHECK(map.find_region(Address{code.value + page})->permissions_known);
}

}  // namespace
}  // namespace pycore::test
