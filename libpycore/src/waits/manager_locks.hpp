#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/wait.hpp"
#include "waits/python_objects.hpp"
#include "waits/with_blocks.hpp"

namespace pycore {

/// Something that a thread has while it is inside of a context manager.
struct ManagedLock {
    Address object;  ///< a lock, or a semaphore of `threading`
    ResourceKind kind = ResourceKind::lock;
    OwnerEvidence how = OwnerEvidence::with_block;
    bool certain = true;
};

struct ManagedLocks {
    std::vector<ManagedLock> locks;
    std::vector<Address> generators;  ///< whose frames are entered too
};

/// Tells what context managers hold.
class ManagerLocks {
public:
    ManagerLocks(PythonObjects& objects, WithBlocks& blocks) : objects_(objects), blocks_(blocks) {}

    /// What a thread holds by having entered `manager`.
    [[nodiscard]] ManagedLocks find(Address manager);

private:
    enum class Kind : std::uint8_t { lock, condition, semaphore, generator, stack, nothing, other };

    [[nodiscard]] Kind kind_of(Address manager);
    [[nodiscard]] Kind read_kind(Address manager);
    void add(Address manager, int depth, ManagedLocks& to);
    void add_lock(Address object, ManagedLocks& to);
    void add_stack(Address manager, int depth, ManagedLocks& to);
    void add_callback(Address callback, int depth, ManagedLocks& to);
    void add_attributes(Address object,
                        std::span<const Address> names,
                        int depth,
                        ManagedLocks& to);
    [[nodiscard]] const std::vector<Address>& names_taken_by(Address manager);
    [[nodiscard]] std::vector<Address> read_names(Address type,
                                                  std::string_view method,
                                                  std::string_view call);

    PythonObjects& objects_;
    WithBlocks& blocks_;
    std::map<Address, Kind> kinds_;                  ///< by class
    std::map<Address, std::vector<Address>> taken_;  ///< the same
};

}  // namespace pycore
