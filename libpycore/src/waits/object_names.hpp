#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "pycore/address.hpp"
#include "waits/name_graph.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// How the program calls objects. Of several names the one that tells a reader most:
///
/// 1. what a module calls it, by a name, an item or a class of its own: "forks[3]",
///    "db_lock in app", "Cache._lock";
/// 2. what the object at hand calls it: "self._lock of Cache", and which object that is, where a
///    module or its own `name` tells: "self._lock of Cache sessions";
/// 3. what it is further in: "pool.locks['db'] in app";
/// 4. a local variable it is reached through, of the frame, then of any other: "forks[3]";
/// 5. the local variable it is in, which another function may call otherwise: "lock";
/// 6. what the standard library calls it: "self.lock of StreamHandler", "_lock in logging".
///
/// An import lock is called as its module. Modules are named, save `__main__`. Names come from
/// frames and the modules of their functions.
class ObjectNames {
public:
    ObjectNames(const WaitInput& input, InterpreterObjects& objects)
        : input_(input), objects_(objects)
    {
    }

    /// As seen from the frame with index `frame` in the stack of `thread`, and those further in.
    /// Empty where nothing within reach refers to it.
    [[nodiscard]] std::string find(Address object,
                                   std::size_t interpreter,
                                   std::size_t thread,
                                   std::optional<std::size_t> frame);

private:
    /// What all threads of one interpreter see.
    struct Shared {
        explicit Shared(PythonObjects& known);

        PythonObjects& objects;
        NamedReferences references;
        NameGraph globals;                                    ///< of the program's modules
        NameGraph locals;                                     ///< what locals of all frames lead to
        NameGraph standard;                                   ///< globals of the standard library
        std::unordered_map<std::uint64_t, std::string> bare;  ///< objects that locals are bound to
        std::unordered_map<std::uint64_t, std::string> found;
    };

    Shared* find_shared(std::size_t interpreter);
    void add_roots(Shared& shared, std::size_t interpreter);
    void add_frame(Shared& shared, const PythonFrame& frame, std::set<Address>& seen);
    [[nodiscard]] std::string find_new(Shared& shared,
                                       Address object,
                                       std::size_t thread,
                                       std::optional<std::size_t> frame);
    [[nodiscard]] std::optional<NamePath> find_near(Shared& shared,
                                                    Address object,
                                                    std::size_t thread,
                                                    std::size_t frame);
    [[nodiscard]] std::optional<NamePath> find_inside(Shared& shared,
                                                      Address object,
                                                      std::size_t thread,
                                                      std::size_t frame);
    [[nodiscard]] std::string write(Shared& shared, const NamePath& path);
    [[nodiscard]] std::string write_own_name(Shared& shared, Address object);

    const WaitInput& input_;
    InterpreterObjects& objects_;
    std::map<std::size_t, std::unique_ptr<Shared>> shared_;
};

}  // namespace pycore
