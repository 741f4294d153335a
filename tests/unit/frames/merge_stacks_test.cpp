#include "frames/merge_stacks.hpp"

#include "support/catch.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {
namespace {

constexpr std::size_t many = 1'000;

/// Frames of 0x100 bytes, from `lowest` on, each called from the next.
NativeStack native_stack(std::size_t count, std::uint64_t lowest = 0x1000)
{
    NativeStack stack;
    for (std::size_t i = 0; i < count; ++i) {
        NativeFrame frame;
        frame.pc = Address{0x40'0000 + i};
        frame.sp = Address{lowest + 0x100 * i};
        frame.cfa = Address{lowest + 0x100 * (i + 1)};
        frame.trust = i == 0 ? Trust::context : Trust::cfi;
        frame.return_address = i != 0;
        stack.frames.push_back(frame);
    }
    return stack;
}

StackSegment segment(std::vector<std::string> names, std::uint64_t c_stack)
{
    StackSegment made;
    made.c_stack = Address{c_stack};
    for (std::string& name : names) {
        PythonCode code;
        code.name = std::move(name);
        made.frames.push_back({.code = std::make_shared<const PythonCode>(std::move(code))});
    }
    return made;
}

/// Python frames by name, native ones by the last digits of their address.
std::string text_of(const MergedStack& stack)
{
    std::string text;
    for (const StackFrame& frame : stack.frames) {
        text += text.empty() ? "" : " ";
        if (const auto* const call = std::get_if<NativeCall>(&frame)) {
            text += std::to_string(call->address.value - 0x40'0000);
            text += call->runs_python ? "!" : "";
        } else {
            const auto& python = std::get<PythonFrame>(frame);
            text += python.code->name + (python.placed ? "" : "?");
        }
    }
    return text;
}

class Merger {
public:
    MergedStack merge(const NativeStack& native,
                      std::vector<StackSegment> segments,
                      bool crashed = false,
                      std::size_t max_frames = many)
    {
        return merge_stacks(native, std::move(segments), calls_, crashed, max_frames);
    }

private:
    FakeMemory memory_;
    NativeSymbols symbols_{memory_, {}, {}};
    Deadline deadline_{std::chrono::milliseconds(60'000)};
    NativeCalls calls_{{}, symbols_, nullptr, deadline_};
};

TEST_CASE("the C frame that holds a segment's end is replaced by the segment", "[frames]")
{
    const MergedStack merged = Merger().merge(
        native_stack(6), {segment({"inner"}, 0x1210), segment({"f", "main"}, 0x14f0)});

    CHECK(text_of(merged) == "0 1 inner 3 f main 5");
    CHECK(merged.unplaced == 0);
}

TEST_CASE("a segment without visible frames takes its C frame away", "[frames]")
{
    CHECK(text_of(Merger().merge(native_stack(3), {segment({}, 0x1110)})) == "0 2");
}

TEST_CASE("both ends of a frame's extent are told apart", "[frames]")
{
    CHECK(text_of(Merger().merge(native_stack(3), {segment({"f"}, 0x1100)})) == "0 f 2");
    CHECK(text_of(Merger().merge(native_stack(3), {segment({"f"}, 0x11ff)})) == "0 f 2");
    CHECK(text_of(Merger().merge(native_stack(3), {segment({"f"}, 0x1200)})) == "0 1 f");
}

TEST_CASE("the eval loop stays where the thread died in it", "[frames]")
{
    const auto segments = [] { return std::vector{segment({"f"}, 0x1010)}; };
    CHECK(text_of(Merger().merge(native_stack(2), segments(), true)) == "0! f 1");
    CHECK(text_of(Merger().merge(native_stack(2), segments(), false)) == "f 1");
}

TEST_CASE("the eval loop stays where a signal interrupted it", "[frames]")
{
    NativeStack native = native_stack(4);
    native.frames[1].signal_frame = true;
    CHECK(text_of(Merger().merge(native, {segment({"f"}, 0x1210)}, true)) == "0 1 2! f 3");
}

TEST_CASE("a handler on another stack does not disturb the order", "[frames]")
{
    NativeStack native = native_stack(2, 0x9000);
    native.frames[1].signal_frame = true;
    for (NativeFrame& frame : native_stack(4).frames) {
        native.frames.push_back(frame);
    }
    const MergedStack merged = Merger().merge(native, {segment({"f"}, 0x1110)});
    CHECK(text_of(merged) == "0 1 0 f 2 3");
    CHECK(merged.unplaced == 0);
}

TEST_CASE("next to a guess nothing is replaced, and the segment stands by its address", "[frames]")
{
    NativeStack native = native_stack(4);
    native.frames[2].trust = Trust::scan;
    const MergedStack merged = Merger().merge(native, {segment({"f"}, 0x1110)});
    CHECK(text_of(merged) == "0 1 f? 2 3");
    CHECK(merged.unplaced == 1);
}

TEST_CASE("a segment outside of all frames keeps its order", "[frames]")
{
    NativeStack native = native_stack(2);
    CHECK(text_of(Merger().merge(native, {segment({"f"}, 0x500)})) == "f? 0 1");
    CHECK(text_of(Merger().merge(native, {segment({"f"}, 0x5000)})) == "0 1 f?");
    CHECK(text_of(Merger().merge(native, {segment({"f"}, 0x1010), segment({"g"}, 0)})) == "f g? 1");
}

TEST_CASE("two segments in one C frame are both kept, the second in doubt", "[frames]")
{
    const MergedStack merged =
        Merger().merge(native_stack(3), {segment({"f"}, 0x1110), segment({"g"}, 0x1120)});
    CHECK(text_of(merged) == "0 f g? 2");
    CHECK(merged.unplaced == 1);
}

TEST_CASE("without native frames the Python stack is what there is", "[frames]")
{
    const MergedStack merged =
        Merger().merge({}, {segment({"f"}, 0x1110), segment({"main"}, 0x1220)});
    CHECK(text_of(merged) == "f main");
    CHECK(merged.unplaced == 0);
}

TEST_CASE("frames that limits left out of either stack are counted at the first hole", "[frames]")
{
    NativeStack native = native_stack(4);
    native.omitted = 10;
    native.omitted_after = 3;
    StackSegment cut = segment({"f", "g"}, 0x1110);
    cut.omitted = OmittedFrames{.before = 1, .count = 5};

    const MergedStack merged = Merger().merge(native, {cut});

    CHECK(text_of(merged) == "0 f g 2 3");
    REQUIRE(merged.omitted);
    CHECK(merged.omitted->before == 2);
    CHECK(merged.omitted->count == 15);
}

TEST_CASE("together they keep the innermost and the outermost of the limit", "[frames]")
{
    const MergedStack merged = Merger().merge(native_stack(20), {}, false, 8);
    CHECK(text_of(merged) == "0 1 2 3 4 5 18 19");
    CHECK(merged.cut);
    REQUIRE(merged.omitted);
    CHECK(merged.omitted->before == 6);
    CHECK(merged.omitted->count == 12);
}

}  // namespace
}  // namespace pycore::test
