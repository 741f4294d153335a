#include "report/json_waits.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

/// Null for a thread without one, and one that a limit left out.
void write_tid(JsonWriter& out, const Snapshot& snapshot, std::size_t thread)
{
    if (thread < snapshot.threads.size() && snapshot.threads[thread].tid) {
        out.number(*snapshot.threads[thread].tid);
    } else {
        out.null();
    }
}

void write_edge(JsonWriter& out, const Snapshot& snapshot, const DeadlockEdge& edge)
{
    const Resource& resource = snapshot.resources.at(edge.resource);
    out.open_object(Shape::line);
    out.key("waiter");
    write_tid(out, snapshot, edge.waiter);
    out.member("resource", resource.description);
    out.member("resource_kind", name_of(resource.kind));
    out.key("resource_address");
    resource.address ? out.address(resource.address.value) : out.null();
    out.key("holder");
    write_tid(out, snapshot, edge.holder);
    out.member("evidence", edge.evidence);
    out.member("certain", edge.certain);
    out.close_object();
}

void write_deadlock(JsonWriter& out, const Snapshot& snapshot, const Deadlock& deadlock)
{
    out.open_object(Shape::block);
    out.member("kind", deadlock.kind);
    out.member("certain", deadlock.certain);
    out.member("summary", deadlock.summary);
    out.key("threads");
    out.open_array(Shape::line);
    for (const DeadlockEdge& edge : deadlock.edges) {
        write_tid(out, snapshot, edge.waiter);
    }
    out.close_array();
    out.key("edges");
    out.open_array(Shape::block);
    for (const DeadlockEdge& edge : deadlock.edges) {
        write_edge(out, snapshot, edge);
    }
    out.close_array();
    out.key("behind");
    out.open_array(Shape::line);
    for (const std::size_t thread : deadlock.behind) {
        write_tid(out, snapshot, thread);
    }
    out.close_array();
    out.close_object();
}

}  // namespace

void write_deadlocks(JsonWriter& out, const Report& report)
{
    out.key("deadlocks");
    out.open_array(Shape::block);
    for (const Deadlock& deadlock : report.deadlocks) {
        write_deadlock(out, report.snapshot, deadlock);
    }
    out.close_array();
}

void write_gil(JsonWriter& out, const Snapshot& snapshot, const Interpreter& interpreter)
{
    out.key("gil");
    if (!interpreter.gil) {
        out.null();
        return;
    }
    const Gil& gil = *interpreter.gil;
    out.open_object(Shape::line);
    out.member("held", gil.held);
    out.key("holder");
    // No thread has this number.
    write_tid(out, snapshot, gil.holder.value_or(SIZE_MAX));
    out.key("waiters");
    out.open_array(Shape::line);
    for (const std::size_t waiter : gil.waiters) {
        write_tid(out, snapshot, waiter);
    }
    out.close_array();
    out.close_object();
}

}  // namespace pycore
