#include "support/catch.hpp"
#include "support/exceptions_process.hpp"

namespace pycore::test {
namespace {

constexpr std::int64_t huge = std::int64_t{1} << 60;

std::size_t count_all(const Exception& exception)
{
    std::size_t count = 1;
    for (const auto& link : {exception.cause, exception.context}) {
        count += link ? count_all(*link) : 0;
    }
    for (const Exception& member : exception.exceptions) {
        count += count_all(member);
    }
    return count;
}

TEST_CASE("contexts that run in a circle end where they began", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address one = process.exception("ValueError");
        const Address two = process.exception("KeyError");
        process.heap.set(one, layout->exception.context, two);
        process.heap.set(two, layout->exception.context, one);
        process.heap.set(two, layout->exception.cause, two);
        const Exception read = process.read_raised(one);
        CHECK(count_all(read) == 4);
        REQUIRE(read.context);
        REQUIRE((read.context->context && read.context->cause));
        CHECK(read.context->context->repeated);
        CHECK(read.context->cause->repeated);
    }
}

TEST_CASE("a chain without an end is cut, which is said", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        Address last;
        for (int i = 0; i < 200; ++i) {
            const Address at = process.exception("ValueError");
            process.heap.set(at, layout->exception.context, last);
            last = at;
        }
        const Exception read = process.read_raised(last);
        CHECK(count_all(read) == 65);
        const Exception* end = &read;
        for (; end->context; end = end->context.get()) {
            CHECK(end->complete);
        }
        CHECK(!end->complete);
    }
}

TEST_CASE("groups within themselves and groups that double are bounded", "[exceptions]")
{
    const Layout& layout = *every_layout().back();
    ExceptionsProcess process(layout);
    Address group = process.group({process.exception("ValueError")});
    const Address innermost = group;
    for (int depth = 0; depth < 60; ++depth) {
        group = process.group({group, group});
    }
    process.heap.set(innermost, layout.exception_group.exceptions, process.tuple({group}));
    const Exception read = process.read_raised(group);
    CHECK(count_all(read) > 1000);
    CHECK(count_all(read) <= 10'000);
}

TEST_CASE("absurd counts and members that are no exceptions cost only themselves", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address members = process.tuple({process.text("no exception"), Address{0x10}});
        const Address group = process.group({});
        process.heap.set(group, layout->exception_group.exceptions, members);
        Exception read = process.read_raised(group);
        CHECK(read.exceptions.empty());
        CHECK(!read.complete);
        process.heap.set(members, layout->tuple.size, huge);
        read = process.read_raised(group);
        CHECK(read.is_group);
        CHECK(read.exceptions.empty());
        CHECK(!read.complete);

        const Address at = process.exception("ValueError");
        const Address arguments = process.tuple({process.text("one")});
        process.heap.set(arguments, layout->tuple.size, huge);
        process.heap.set(at, layout->exception.args, arguments);
        process.heap.set(at, layout->exception.context, Address{0x10});
        read = process.read_raised(at);
        CHECK(read.type == "ValueError");
        CHECK(!read.context);
        CHECK(!read.complete);
    }
}

TEST_CASE("an exception that cannot be read is a fault", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        process.handle(Address{0x7700'0000});
        const auto found = process.read();
        CHECK(found.items.empty());
        REQUIRE(found.fault);
        CHECK(found.fault->code == FaultCode::unmapped);
    }
}

TEST_CASE("handlers that run in a circle are each read once", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address outer = process.handle(process.exception("KeyError"));
        const Address inner = process.handle(process.exception("ValueError"), outer);
        process.heap.set(outer, layout->exception_item.previous, inner);
        CHECK(process.read().items.size() == 2);
    }
}

TEST_CASE("a traceback that bites its tail or changes its type is cut", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address last = process.entry("last", {});
        const Address first = process.entry("first", last);
        process.heap.set(last, layout->traceback.next, first);
        const Address at = process.exception("ValueError");
        process.heap.set(at, layout->exception.traceback, first);
        Exception read = process.read_raised(at);
        CHECK(read.traceback.size() == 2);
        CHECK(!read.complete);
        process.heap.set(first, layout->traceback.next, process.text("no traceback"));
        read = process.read_raised(at);
        CHECK(read.traceback.size() == 1);
        CHECK(!read.complete);
        process.heap.set(first, layout->traceback.next, Address{});
        process.heap.set(first, layout->traceback.frame, Address{0x10});
        read = process.read_raised(at);
        REQUIRE(read.traceback.size() == 1);
        CHECK(read.traceback[0].code->name.empty());
        CHECK(read.traceback[0].position.line == 7);
    }
}

TEST_CASE("a traceback over the limit keeps both ends", "[exceptions]")
{
    const Layout& layout = *every_layout().front();
    ExceptionsProcess process(layout);
    Address entry;
    for (int i = 99; i >= 0; --i) {
        entry = process.entry("f", entry, i);
    }
    const Address at = process.exception("ValueError");
    process.heap.set(at, layout.exception.traceback, entry);
    process.raise(at);
    const auto found = process.read({.max_frames = 10});
    REQUIRE(found.items.size() == 1);
    const Exception& read = found.items.front();
    REQUIRE(read.traceback.size() == 10);
    CHECK(!read.complete);
    CHECK(read.traceback[4].position.line == 4);
    CHECK(read.traceback[5].position.line == 95);
}

TEST_CASE("what a report has no room for is not kept", "[exceptions]")
{
    const Layout& layout = *every_layout().front();
    ExceptionsProcess process(layout);
    Address entry;
    for (int i = 0; i < 100; ++i) {
        entry = process.entry("f", entry, i);
    }
    const Address at = process.exception("ValueError", {process.text("words")});
    process.heap.set(at, layout.exception.traceback, entry);
    process.raise(at);
    const auto found = process.read({.max_report_bytes = 40'000});
    REQUIRE(found.items.size() == 1);
    CHECK(found.items[0].message == "words");
    CHECK(found.items[0].traceback.size() < 45);
    CHECK(!found.items[0].complete);
}

}  // namespace
}  // namespace pycore::test
