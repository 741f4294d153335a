#include "support/catch.hpp"
#include "support/exceptions_process.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a __str__ of the program is not run, which is said", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address type = process.add_type("Late", {"ValueError", "BaseException", "object"});
        process.heap.set(type, layout->type.flags, type_flag::exception | type_flag::heap_type);
        const Address at = process.exception("Late", {process.text("argument")});
        CHECK(process.read_raised(at).message_certain);
        const Address names = process.heap.dict({{process.text("__str__"), process.text("f")}});
        process.heap.set(type, layout->type.dict, process.typed(names, "dict"));
        const Exception read = process.read_raised(at);
        CHECK(!read.message_certain);
        CHECK(read.message == "argument");
    }
}

TEST_CASE("an OSError tells its number, its words and its files", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address at = process.exception("OSError", {process.text("argument")});
        CHECK(process.read_raised(at).message == "argument");
        process.heap.set(at, layout->os_error.number, process.integer(2));
        process.heap.set(at, layout->os_error.text, process.text("gone"));
        CHECK(process.read_raised(at).message == "[Errno 2] gone");
        process.heap.set(at, layout->os_error.file, process.text("a"));
        process.heap.set(at, layout->os_error.second_file, process.text("b"));
        CHECK(process.read_raised(at).message == "[Errno 2] gone: 'a' -> 'b'");
    }
}

TEST_CASE("an exception that 3.11 has not made yet says what it would", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        ExceptionsProcess process(*layout);
        if (!process.has_parts()) {
            continue;
        }
        INFO(name_of(*layout));
        const auto raised = [&](const std::string& type, Address value) {
            process.heap.set(process.thread, layout->thread.raised_type, process.types.at(type));
            process.heap.set(process.thread, layout->thread.raised_value, value);
            const auto found = process.read();
            return found.items.empty() ? "nothing" : found.items.front().message;
        };
        CHECK(raised("ValueError", {}).empty());
        CHECK(raised("ValueError", process.text("words")) == "words");
        CHECK(raised("KeyError", process.text("k")) == "'k'");
        CHECK(raised("ValueError", process.tuple({process.text("one")})) == "one");
        CHECK(raised("OSError", process.tuple({process.integer(2), process.text("gone")})) ==
              "[Errno 2] gone");
        CHECK(raised("object", process.text("no exception")) == "nothing");
    }
}

TEST_CASE("an exception raised with itself does not explain itself forever", "[exceptions]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ExceptionsProcess process(*layout);
        const Address at = process.exception("ValueError");
        process.heap.set(at, layout->exception.args, process.tuple({at}));
        CHECK(!process.read_raised(at).message_certain);
    }
}

}  // namespace
}  // namespace pycore::test
