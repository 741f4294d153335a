#include "exceptions/read_exceptions.hpp"

#include "support/catch.hpp"
#include "support/exceptions_process.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a thread without exceptions has none", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        process.handle({});
        const auto found = process.read();
        CHECK(found.items.empty());
        CHECK(!found.raised);
        CHECK(!found.fault);
    }
}

TEST_CASE("the exception on its way comes before those that are handled", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address outer = process.exception("KeyError", {process.text("k")});
        const Address inner = process.exception("OSError");
        process.handle(inner, process.handle({}, process.handle(outer)));
        process.raise(process.exception("ValueError", {process.text("on its way")}));
        const auto found = process.read();
        REQUIRE(found.items.size() == 3);
        CHECK(found.raised);
        CHECK(found.items[0].type == "ValueError");
        CHECK(found.items[0].message == "on its way");
        CHECK(found.items[1].address == inner);
        CHECK(found.items[2].address == outer);
        CHECK(found.items[2].message == "'k'");
    }
}

TEST_CASE("an exception that is raised again is listed once", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address at = process.exception("ValueError");
        process.handle(at);
        process.raise(at);
        CHECK(process.read().items.size() == 1);
    }
}

TEST_CASE("a traceback is read from the outermost call on", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address at = process.exception("ValueError");
        process.heap.set(at, layout->exception.traceback,
                         process.entry("outer", process.entry("inner", {}, 9)));
        const Exception read = process.read_raised(at);
        REQUIRE(read.traceback.size() == 2);
        CHECK(read.complete);
        CHECK(read.traceback[0].code->name == "outer");
        CHECK(read.traceback[0].position.line == 7);
        CHECK(read.traceback[1].code->name == "inner");
        CHECK(read.traceback[1].position.line == 9);
    }
}

TEST_CASE("a context that the cause repeats is not described twice", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address at = process.exception("ValueError");
        const Address before = process.exception("KeyError");
        process.heap.set(at, layout->exception.cause, before);
        process.heap.set(at, layout->exception.context, before);
        process.heap.set(at, layout->exception.suppress_context, std::uint8_t{1});
        const Exception read = process.read_raised(at);
        REQUIRE((read.cause && read.context));
        CHECK(!read.cause->repeated);
        CHECK(read.context->repeated);
        CHECK(read.context->address == before);
        CHECK(read.context->type == "KeyError");
        CHECK(read.suppress_context);
        CHECK(read.complete);
    }
}

TEST_CASE("members are described in the group, not in the context that it hides", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address member = process.exception("KeyError");
        const Address group = process.group({member, process.exception("ValueError")});
        process.heap.set(group, layout->exception.context, member);
        process.heap.set(group, layout->exception.suppress_context, std::uint8_t{1});
        const Exception read = process.read_raised(group);
        CHECK(read.message == "group (2 sub-exceptions)");
        REQUIRE(read.exceptions.size() == 2);
        CHECK(read.exceptions[0].type == "KeyError");
        CHECK(!read.exceptions[0].repeated);
        CHECK(read.exceptions[1].type == "ValueError");
        REQUIRE(read.context);
        CHECK(read.context->repeated);
    }
}

}  // namespace
}  // namespace pycore::test
