#include "unwind/call_site.hpp"

#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/stack_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address page{0x1000};

CallSite judge(const Bytes& instruction, Machine machine = Machine::x86_64)
{
    FakeMemory memory;
    memory.add_area(page, 64);
    memory.write_bytes(Address{page.value + 32 - instruction.size()}, instruction);
    return follows_call(memory, machine, Address{page.value + 32});
}

TEST_CASE("every form of call on x86-64 is known", "[unwind]")
{
    const Bytes call = GENERATE(bytes_from({0xE8, 1, 2, 3, 4}),               // call rel32
                                bytes_from({0xFF, 0xD0}),                     // call *%rax
                                bytes_from({0x41, 0xFF, 0xD4}),               // call *%r12
                                bytes_from({0xFF, 0x10}),                     // call *(%rax)
                                bytes_from({0xFF, 0x50, 0x18}),               // call *24(%rax)
                                bytes_from({0xFF, 0x90, 0, 1, 0, 0}),         // call *256(%rax)
                                bytes_from({0xFF, 0x15, 1, 2, 3, 4}),         // call *d(%rip)
                                bytes_from({0xFF, 0x14, 0xC2}),               // call *(%rdx,%rax,8)
                                bytes_from({0xFF, 0x54, 0x24, 8}),            // call *8(%rsp)
                                bytes_from({0xFF, 0x94, 0x24, 0, 1, 0, 0}),   // call *256(%rsp)
                                bytes_from({0xFF, 0x14, 0xC5, 1, 2, 3, 4}));  // call *d(,%rax,8)
    CHECK(judge(call) == CallSite::yes);
}

TEST_CASE("what is not a call is none", "[unwind]")
{
    const Bytes other = GENERATE(bytes_from({0x90}),                    // nop
                                 bytes_from({0xFF, 0xE0}),              // jmp *%rax
                                 bytes_from({0xFF, 0x25, 1, 2, 3, 4}),  // jmp *d(%rip)
                                 bytes_from({0xE9, 1, 2, 3, 4}),        // jmp rel32
                                 bytes_from({0xFF, 0x74, 0x24, 8}),     // push 8(%rsp)
                                 bytes_from({0xFF, 0x90, 0, 1, 0}));    // a displacement cut off
    CHECK(judge(other) == CallSite::no);
}

TEST_CASE("bl and blr are calls on aarch64", "[unwind]")
{
    CHECK(judge(bytes_from({0x10, 0, 0, 0x94}), Machine::aarch64) == CallSite::yes);
    CHECK(judge(bytes_from({0x00, 0x02, 0x3F, 0xD6}), Machine::aarch64) == CallSite::yes);
    CHECK(judge(bytes_from({0x10, 0, 0, 0x14}), Machine::aarch64) == CallSite::no);        // b
    CHECK(judge(bytes_from({0x00, 0x02, 0x1F, 0xD6}), Machine::aarch64) == CallSite::no);  // br
}

TEST_CASE("what cannot be read is not judged", "[unwind]")
{
    CHECK(follows_call(FakeMemory(), Machine::x86_64, page) == CallSite::unreadable);
    CHECK(follows_call(FakeMemory(), Machine::x86_64, Address{3}) == CallSite::unreadable);
}

}  // namespace
}  // namespace pycore::test
