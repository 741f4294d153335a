#include "native_process.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t futex = 202;
constexpr Address byte{NativeProcess::data.value + 0x810};
constexpr Address bucket{NativeProcess::data.value + 0x900};

/// Thread 7, parked for `byte`, as `_PyParkingLot_Park` does it.
class ParkedProcess : public NativeProcess {
public:
    ParkedProcess()
    {
        add_thread(7);
        entry = Address{contexts.back().registers->sp.value + 264};
        write(offset(8), byte);
        write(offset(48), bucket);
        write(offset(56), bucket);
        write(bucket, offset(48));
        write(Address{bucket.value + 8}, offset(48));
        enter(futex, {offset(16).value, futex_wait_bitset_private, 0});
    }

    [[nodiscard]] Address offset(std::uint64_t bytes) const { return Address{entry.value + bytes}; }

    Address entry;
};

TEST_CASE("a parked thread tells the byte it waits for", "[waits]")
{
    const NativeState state = ParkedProcess().read();
    CHECK(state.wait.kind == ResourceKind::internal_lock);
    CHECK(state.wait.parked == byte);
    CHECK(state.wait.certain);
    CHECK(state.activity == Activity::waiting);
}

TEST_CASE("one of several in a bucket is parked, too", "[waits]")
{
    ParkedProcess process;
    const Address other{NativeProcess::data.value + 0xA00};
    process.write(process.offset(48), other);
    process.write(Address{other.value + 8}, process.offset(48));
    CHECK(process.read().wait.parked == byte);
}

TEST_CASE("a semaphore on the stack that is in no bucket is none of the parking lot's", "[waits]")
{
    ParkedProcess process;
    process.write(bucket, Address{0x1234});
    CHECK(process.read().wait.kind != ResourceKind::internal_lock);
    process.write(process.offset(16), std::uint64_t{1} << 32U);
    process.write(process.offset(24), std::uint64_t{0});
    CHECK(process.read().wait.kind == ResourceKind::pthread_semaphore);
}

TEST_CASE("an entry of another thread's stack is not one's own", "[waits]")
{
    ParkedProcess process;
    auto& registers = *process.contexts.back().registers;
    SECTION("above the thread")
    {
        registers.thread_pointer = process.entry;
    }
    SECTION("below its stack")
    {
        registers.sp = process.offset(24);
    }
    CHECK(process.read().wait.kind != ResourceKind::internal_lock);
}

}  // namespace
}  // namespace pycore::test
