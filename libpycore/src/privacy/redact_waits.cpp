#include "privacy/redact_waits.hpp"

namespace pycore {
namespace {

constexpr std::string_view where = "waits";

}  // namespace

void redact_waits(Thread& thread, SecretFilter& filter)
{
    if (thread.wait) {
        filter.redact(thread.wait->where, where);
        filter.redact(thread.wait->evidence, where);
    }
    if (thread.system_call) {
        filter.redact(thread.system_call->path, where);
    }
}

void redact_resource(Resource& resource, SecretFilter& filter)
{
    for (std::string* const text : {&resource.name, &resource.description, &resource.type}) {
        filter.redact(*text, where);
    }
    for (Owner& owner : resource.owners) {
        filter.redact(owner.where, where);
        filter.redact(owner.evidence, where);
    }
}

}  // namespace pycore
