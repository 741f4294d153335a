#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "pycore/address.hpp"
#include "waits/frame_stacks.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// A context manager that a frame has entered and not left.
struct EnteredManager {
    Address manager;
    std::int64_t depth = 0;  ///< of the value stack inside the `with`
};

/// Finds what frames are inside of, by the exit functions on their value stacks. Those are told by
/// what the class of the manager has: a kernel's core holds no names of functions written in C.
class WithBlocks {
public:
    explicit WithBlocks(PythonObjects& objects) : objects_(objects) {}

    /// The outermost first.
    [[nodiscard]] std::vector<EnteredManager> find(const FrameStack& stack);

    /// What `bound` is a method of, when that is the `__exit__` or `__aexit__` of its class; else
    /// null.
    [[nodiscard]] Address manager_of(Address bound);

    /// What a bound method, written in Python or in C, is bound to, or null.
    [[nodiscard]] Address self_of(Address bound) const;

private:
    /// What a class leaves blocks with; null where it cannot.
    struct Exits {
        Address function;
        Address asynchronous;
        Address definition;  ///< a `PyMethodDef`, where `function` is written in C
    };

    [[nodiscard]] Exits exits_of(Address manager);
    [[nodiscard]] Exits read_exits(Address type);

    PythonObjects& objects_;
    std::map<Address, Exits> exits_;  ///< by class
};

}  // namespace pycore
