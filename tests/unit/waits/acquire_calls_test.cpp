#include "waits/acquire_calls.hpp"

#include "locks_process.hpp"
#include "python/record.hpp"
#include "support/bytecode_builder.hpp"
#include "support/catch.hpp"
#include "support/print.hpp"
#include "waits/loops.hpp"

namespace pycore::test {
namespace {

constexpr std::uint32_t acquire = 0;  // indices in `co_names`
constexpr std::uint32_t release = 1;
constexpr std::uint32_t inner = 2;

/// A thread in a function whose local variable is a lock, or has one as its `inner`.
class CallingProcess : public LocksProcess {
public:
    explicit CallingProcess(const Layout& table) : LocksProcess(table), code(table) {}

    void load_attribute(std::uint32_t name)
    {
        if (code.has(OpcodeRole::load_attribute)) {
            code.add(OpcodeRole::load_attribute, name);
        } else {
            code.add(OpcodeRole::load_attribute_or_method, name << 1U);
        }
    }

    /// `local.METHOD()`
    void call_method(std::uint32_t method, bool of_inner = false)
    {
        code.add(OpcodeRole::load_local, 0);
        if (of_inner) {
            load_attribute(inner);
        }
        load_attribute(method);
        code.add(OpcodeRole::call, 0);
        code.add(OpcodeRole::other);
    }

    /// The thread is at `unit` now.
    void stop_at(std::int64_t unit, Address local)
    {
        REQUIRE(code.units() <= 40);
        add_thread(7);
        call({.function = "work",
              .unit = unit,
              .local = local,
              .names = {text("acquire"), text("release"), text("inner")}});
        auto& frame = std::get<PythonFrame>(threads.back().stack.back());
        const auto at = read_field(heap.memory(), frame.address, layout.frame.code, "frame");
        REQUIRE(at);
        PythonCode described = *frame.code;
        described.address = Address{at->value & ~layout.frame.tag_mask};
        heap.memory().write_bytes(Address{described.address.value + layout.code.bytecode.offset},
                                  std::as_bytes(std::span(code.bytes())));
        frame.code = std::make_shared<const PythonCode>(described);
    }

    std::vector<AcquireCall> find()
    {
        return with_input([](const WaitInput& input, InterpreterObjects& objects) {
            return AcquireCalls(input, objects).find(0);
        });
    }

    BytecodeBuilder code;
};

TEST_CASE("a lock that was taken by a call is found with its line", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.call_method(acquire);
    const std::int64_t after = process.code.add(OpcodeRole::other);
    const Address lock = process.lock();
    process.stop_at(after, lock);

    const auto found = process.find();

    REQUIRE(found.size() == 1);
    CHECK(found[0].object == lock);
    CHECK_THAT(found[0].where, contains("work (app.py:10"));
}

TEST_CASE("the call that a thread waits in has taken nothing yet", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.code.add(OpcodeRole::load_local, 0);
    process.load_attribute(acquire);
    const std::int64_t call = process.code.add(OpcodeRole::call, 0);
    process.stop_at(call, process.lock());

    CHECK(process.find().empty());
}

TEST_CASE("a lock that was given back is not held", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.call_method(acquire);
    process.call_method(release);
    const std::int64_t after = process.code.add(OpcodeRole::other);
    process.stop_at(after, process.lock());

    CHECK(process.find().empty());
}

TEST_CASE("an attribute leads to the lock", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.call_method(acquire, true);
    const std::int64_t after = process.code.add(OpcodeRole::other);
    const Address lock = process.lock();
    process.add_class("Cache", "app", {});
    process.stop_at(after, process.manager("Cache", {{process.text("inner"), lock}}));

    const auto found = process.find();

    REQUIRE(found.size() == 1);
    CHECK(found[0].object == lock);
}

TEST_CASE("a lock that nobody has was not taken", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.call_method(acquire);
    const std::int64_t after = process.code.add(OpcodeRole::other);
    process.stop_at(after, process.lock(false));

    CHECK(process.find().empty());
}

TEST_CASE("the lines of the loop that a thread runs in are found", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CallingProcess process(layout);
    process.code.add(OpcodeRole::neutral);
    const std::int64_t first = process.code.add(OpcodeRole::load_local, 0);
    const std::int64_t body = process.code.add(OpcodeRole::other);
    const std::int64_t jump = process.code.jump_to(first);
    process.stop_at(body, Address{});

    const auto loop = process.with_input([](const WaitInput& input, InterpreterObjects& objects) {
        return find_running_loop(input, objects, 0);
    });

    REQUIRE(loop);
    CHECK(loop->function == "work");
    CHECK(loop->file == "app.py");
    // Unit `n` is on line `100 + n`.
    CHECK(loop->first_line == 100 + first);
    CHECK(loop->last_line == 100 + jump);
}

}  // namespace
}  // namespace pycore::test
