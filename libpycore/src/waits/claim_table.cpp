#include "waits/claim_table.hpp"

#include <algorithm>
#include <utility>

namespace pycore {

ClaimTable::ClaimTable(const WaitInput& input, InterpreterObjects& objects)
{
    LockClaims claims(input, objects);
    AcquireCalls acquired(input, objects);
    for (std::size_t i = 0; i < input.threads.size(); ++i) {
        for (LockClaim& claim : claims.find(i)) {
            claims_[claim.object].push_back(std::move(claim));
        }
        std::vector<AcquireCall> calls = acquired.find(i);
        for (const PythonFrame& frame : claims.generator_frames()) {
            acquired.add(frame, calls);
        }
        add_calls(input, i, calls);
    }
}

void ClaimTable::add_calls(const WaitInput& input,
                           std::size_t thread,
                           std::span<const AcquireCall> calls)
{
    for (const AcquireCall& call : calls) {
        claims_[call.object].push_back(LockClaim{
            .object = call.object,
            .thread = thread,
            .interpreter = input.threads[thread].interpreter.value_or(0),
            .how = OwnerEvidence::acquire_call,
            .where = call.where,
            .evidence = "has called acquire() in " + call.where + ", and no release() since"});
    }
}

std::span<const LockClaim> ClaimTable::of(Address object) const
{
    const auto claims = claims_.find(object);
    return object && claims != claims_.end() ? claims->second : std::span<const LockClaim>();
}

void ClaimTable::drop_released(Address lock, std::span<const std::size_t> waiters)
{
    if (const auto claims = claims_.find(lock); claims != claims_.end()) {
        std::erase_if(claims->second, [&](const LockClaim& claim) {
            return claim.by_hand && std::ranges::binary_search(waiters, claim.thread);
        });
    }
}

}  // namespace pycore
