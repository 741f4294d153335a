#include "report/json_frames.hpp"
#include "report/json_parts.hpp"
#include "report/json_waits.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

void write_identity(JsonWriter& out, const Snapshot& snapshot, const Thread& thread)
{
    out.member("tid", thread.tid);
    out.member("name", thread.name);
    out.member("crashed", thread.crashed);
    out.key("python_thread_id");
    if (thread.python_thread_id) {
        out.address(*thread.python_thread_id);
    } else {
        out.null();
    }
    out.member("python_name", thread.python_name);
    out.key("interpreter");
    if (thread.interpreter && *thread.interpreter < snapshot.interpreters.size()) {
        out.number(snapshot.interpreters[*thread.interpreter].id);
    } else {
        out.null();
    }
}

void write_completeness(JsonWriter& out, const Thread& thread)
{
    out.member("stack_complete", thread.stack_complete);
    if (thread.omitted) {
        out.key("omitted_frames");
        out.open_object(Shape::line);
        out.member("before", thread.omitted->before);
        out.member("count", thread.omitted->count);
        out.close_object();
    }
}

void write_stack(JsonWriter& out, const Thread& thread, FrameSerializer& frames)
{
    out.key("stack");
    out.open_array(Shape::block);
    for (const StackFrame& frame : thread.stack) {
        out.raw(frames.serialize(frame));
    }
    out.close_array();
}

}  // namespace

void write_threads(JsonWriter& out, const Snapshot& snapshot, Stacks stacks)
{
    static const Thread no_frames;
    FrameSerializer frames(snapshot.modules);
    out.key("threads");
    out.open_array(Shape::block);
    const Holdings holdings(snapshot);
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        const Thread& thread = snapshot.threads[i];
        out.open_object(Shape::line);
        write_identity(out, snapshot, thread);
        write_waits(out, snapshot, i, holdings);
        write_completeness(out, thread);
        write_exceptions(out, thread);
        write_stack(out, stacks == Stacks::written ? thread : no_frames, frames);
        if (thread.registers) {
            write_registers(out, *thread.registers, snapshot.core.machine);
        }
        out.close_object();
    }
    out.close_array();
}

}  // namespace pycore
