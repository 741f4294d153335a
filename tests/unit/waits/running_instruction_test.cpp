#include "waits/running_instruction.hpp"

#include "support/bytecode_builder.hpp"
#include "support/catch.hpp"
#include "wait_process.hpp"

namespace pycore::test {
namespace {

/// What thread 0 does whose innermost frame is at `unit` of `code`.
Activity activity_at(const Layout& layout, const BytecodeBuilder& code, std::int64_t unit)
{
    WaitProcess process(layout, false);
    const Address object = process.heap.code({.units = code.units()});
    process.heap.memory().write_bytes(Address{object.value + layout.code.bytecode.offset},
                                      std::as_bytes(std::span(code.bytes())));
    PythonCode description;
    description.address = object;
    PythonFrame frame;
    frame.code = std::make_shared<const PythonCode>(description);
    frame.address = process.heap.frame({.code = object, .unit = unit});
    process.add_thread({native_call("", 0), frame});
    process.contexts.back().registers.emplace();
    return process.with_input([](const WaitInput& input) {
        InterpreterObjects objects(input);
        return find_running_activity(input, objects, 0);
    });
}

TEST_CASE("the instruction of a frame tells whether it runs what it calls", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    const auto load = code.add(OpcodeRole::load_local);
    const auto call = code.add(OpcodeRole::call, 1);
    const auto far = code.add(OpcodeRole::load_constant, 0x123);
    const auto back = code.jump_to(load);

    CHECK(activity_at(layout, code, load) == Activity::running_python);
    CHECK(activity_at(layout, code, call) == Activity::running_native);
    CHECK(activity_at(layout, code, far) == Activity::running_python);
    CHECK(activity_at(layout, code, far - 1) == Activity::running_python);
    CHECK(activity_at(layout, code, back) == Activity::running_python);
}

TEST_CASE("what prepares a call may make it", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    const auto prepares = code.add(OpcodeRole::neutral);
    code.add(OpcodeRole::call, 1);
    const auto last = code.add(OpcodeRole::neutral);

    CHECK(activity_at(layout, code, prepares) == Activity::running_native);
    CHECK(activity_at(layout, code, last) == Activity::running_python);
}

TEST_CASE("an opcode that hides another tells nothing", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    const auto hidden = code.add(OpcodeRole::opaque);
    code.add(OpcodeRole::load_local);

    CHECK(activity_at(layout, code, hidden) == Activity::unknown);
}

TEST_CASE("a thread without frames of Python does not tell what it runs", "[waits]")
{
    WaitProcess process(*every_layout().front(), false);
    process.add_thread({native_call("", 0)});
    process.contexts.back().registers.emplace();
    CHECK(process.with_input([](const WaitInput& input) {
        InterpreterObjects objects(input);
        return find_running_activity(input, objects, 0);
    }) == Activity::unknown);
}

}  // namespace
}  // namespace pycore::test
