#include "report/json_waits.hpp"

#include <algorithm>
#include <string_view>

#include "report/wait_names.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

// Of a thousand threads each may wait for one of a thousand: the list is told only so far.
constexpr std::size_t most_owners = 20;

void write_address(JsonWriter& out, Address address)
{
    out.key("address");
    address ? out.address(address.value) : out.null();
}

void write_text(JsonWriter& out, std::string_view key, const std::string& text)
{
    out.key(key);
    text.empty() ? out.null() : out.text(text);
}

void write_resource(JsonWriter& out, const Resource& resource)
{
    out.member("kind", name_of(resource.kind));
    write_address(out, resource.address);
    out.member("description", resource.description);
    write_text(out, "name", resource.name);
    write_text(out, "type", resource.type);
}

void write_hold(JsonWriter& out, const Owner& owner)
{
    out.member("how", name_of(owner.how));
    out.member("certain", owner.certain);
    write_text(out, "where", owner.where);
    write_text(out, "evidence", owner.evidence);
}

void write_owner(JsonWriter& out, const Snapshot& snapshot, const Owner& owner)
{
    const bool known = owner.thread && *owner.thread < snapshot.threads.size();
    out.open_object(Shape::line);
    out.member("tid", owner.tid);
    out.key("python_thread_id");
    if (owner.python_thread_id) {
        out.address(*owner.python_thread_id);
    } else {
        out.null();
    }
    out.member("thread_name", known ? snapshot.threads[*owner.thread].python_name : std::nullopt);
    write_hold(out, owner);
    out.close_object();
}

void write_owners(JsonWriter& out, const Snapshot& snapshot, const Resource& resource)
{
    const std::size_t told = std::min(most_owners, resource.owners.size());
    out.key("owners");
    out.open_array(Shape::block);
    for (std::size_t i = 0; i < told; ++i) {
        write_owner(out, snapshot, resource.owners[i]);
    }
    out.close_array();
    if (told < resource.owners.size()) {
        out.member("owners_omitted", resource.owners.size() - told);
    }
}

void write_wait(JsonWriter& out, const Snapshot& snapshot, const Wait& wait)
{
    const Resource& resource = snapshot.resources[wait.resource];
    out.open_object(Shape::line);
    write_resource(out, resource);
    write_text(out, "where", wait.where);
    out.member("timed", wait.timed);
    out.member("timeout", wait.timeout);
    out.member("certain", wait.certain);
    write_text(out, "evidence", wait.evidence);
    out.member("idle", wait.idle);
    write_owners(out, snapshot, resource);
    out.close_object();
}

void write_system_call(JsonWriter& out, const SystemCall& call)
{
    out.open_object(Shape::line);
    out.key("number");
    // The name of one whose number is lost follows from the code.
    call.certain ? out.number(call.number) : out.null();
    out.member("name", call.name);
    out.member("fd", call.fd);
    write_text(out, "path", call.path);
    out.member("timed", call.timed);
    out.member("timeout", call.timeout);
    out.member("pid", call.pid);
    out.member("certain", call.certain);
    out.close_object();
}

}  // namespace

Holdings::Holdings(const Snapshot& snapshot) : by_thread_(snapshot.threads.size())
{
    for (const Resource& resource : snapshot.resources) {
        for (const Owner& owner : resource.owners) {
            const bool holds = owner.how != OwnerEvidence::reference &&
                               owner.how != OwnerEvidence::is_the_resource;
            if (holds && owner.thread && *owner.thread < by_thread_.size()) {
                by_thread_[*owner.thread].push_back({.resource = &resource, .owner = &owner});
            }
        }
    }
}

void write_waits(JsonWriter& out,
                 const Snapshot& snapshot,
                 std::size_t thread,
                 const Holdings& holdings)
{
    const Thread& waiter = snapshot.threads[thread];
    out.member("state", state_of(waiter, snapshot));
    out.key("gil");
    waiter.gil ? out.text(name_of(*waiter.gil)) : out.null();
    out.key("waiting_for");
    if (waiter.wait && waiter.wait->resource < snapshot.resources.size()) {
        write_wait(out, snapshot, *waiter.wait);
    } else {
        out.null();
    }
    out.key("holds");
    out.open_array(Shape::block);
    for (const Holdings::Entry& entry : holdings.of(thread)) {
        out.open_object(Shape::line);
        write_resource(out, *entry.resource);
        write_hold(out, *entry.owner);
        out.close_object();
    }
    out.close_array();
    out.key("system_call");
    if (waiter.system_call) {
        write_system_call(out, *waiter.system_call);
    } else {
        out.null();
    }
}

}  // namespace pycore
