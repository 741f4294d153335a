#pragma once

#include <optional>

#include "pycore/wait.hpp"
#include "waits/find_owners.hpp"

namespace pycore {

/// Finds owners that are written down somewhere.
class RecordedOwners {
public:
    RecordedOwners(const WaitInput& input, InterpreterObjects& objects, const WaitsSoFar& known)
        : input_(input), objects_(objects), known_(known)
    {
    }

    /// The owner of the resource, for which `waiters` wait. Nothing where nobody has it, and where
    /// nothing says who. `interpreter`: whose objects it is one of.
    [[nodiscard]] std::optional<Owner> find(const Resource& resource,
                                            std::span<const std::size_t> waiters,
                                            std::size_t interpreter);

private:
    [[nodiscard]] std::optional<Owner> find_by_object(const Resource& resource,
                                                      std::size_t interpreter);
    [[nodiscard]] std::optional<Owner> find_importer(const Resource& resource,
                                                     std::size_t interpreter);
    [[nodiscard]] std::optional<Owner> find_gil_holder(const Resource& resource) const;
    [[nodiscard]] std::optional<Owner> find_by_tid(std::span<const std::size_t> waiters) const;
    [[nodiscard]] Owner owner_by_ident(std::uint64_t ident) const;
    [[nodiscard]] Owner make(std::size_t thread, OwnerEvidence how, std::string evidence) const;

    const WaitInput& input_;
    InterpreterObjects& objects_;
    const WaitsSoFar& known_;
};

}  // namespace pycore
