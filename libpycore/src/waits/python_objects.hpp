#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "frames/bytecode.hpp"
#include "frames/code_cache.hpp"
#include "pycore/wait.hpp"
#include "values/known_types.hpp"
#include "waits/frame_slots.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// A lock that is written in C, as its object says.
struct LockObject {
    ResourceKind kind = ResourceKind::lock;  ///< lock, rlock, simple_queue or process_semaphore
    Address at;
    /// What a thread that waits for it sleeps on: a semaphore, or a byte of the parking lot.
    Address word;
    bool in_parking_lot = false;
    bool locked = false;
    std::uint64_t owner = 0;  ///< of RLock and process_semaphore: ident of the thread, or 0
    std::uint64_t count = 0;  ///< how often that took it
};

/// The objects of one interpreter that have to do with waiting. All it is given outlives it.
class PythonObjects {
public:
    PythonObjects(const WaitInput& input, std::size_t interpreter);

    /// Of `_thread.lock`, `_thread.RLock`, `_queue.SimpleQueue`, `_multiprocessing.SemLock`, and
    /// what derives from them. Nothing for any other object, and where it could not be read.
    [[nodiscard]] std::optional<LockObject> read_lock(Address object);

    /// The value of an attribute of the instance itself, or null.
    [[nodiscard]] Address attribute(Address object, std::string_view name);

    /// Whether its class, or one it derives from, has this module and qualified name.
    [[nodiscard]] bool is_instance(Address object, std::string_view module, std::string_view name);

    /// "threading.Condition"; empty where it is not known.
    [[nodiscard]] std::string type_name(Address object);

    /// `read_instructions` paid from the budget: thousands of threads may share a huge function.
    [[nodiscard]] Result<std::vector<Instruction>> read_code(const CodeObject& code,
                                                             std::int64_t last);

    [[nodiscard]] KnownTypes& types() noexcept { return types_; }
    [[nodiscard]] CodeCache& codes() noexcept { return codes_; }
    [[nodiscard]] FrameSlots& frame_slots() noexcept { return slots_; }
    [[nodiscard]] const Layout& layout() const noexcept { return layout_; }
    [[nodiscard]] const Memory& memory() const noexcept { return input_.memory; }
    [[nodiscard]] const WaitInput& input() const noexcept { return input_; }

private:
    const WaitInput& input_;
    const Layout& layout_;
    KnownTypes types_;
    CodeCache codes_;
    FrameSlots slots_;

    /// A type of locks, and which of CPython's it is or derives from.
    struct LockType {
        ResourceKind kind = ResourceKind::lock;
        Address base;
    };
    std::map<Address, ResourceKind> base_types_;             ///< CPython's own
    std::map<Address, std::optional<LockType>> lock_types_;  ///< those looked at so far

    [[nodiscard]] std::optional<LockType> lock_type(Address type);
    [[nodiscard]] Result<LockObject> read_lock(Address object, const LockType& type);
};

/// The objects of every interpreter, made when they are asked for.
class InterpreterObjects {
public:
    explicit InterpreterObjects(const WaitInput& input) : input_(input) {}

    /// Null for an index that has none, and beyond the interpreters that any process has.
    [[nodiscard]] PythonObjects* find(std::size_t interpreter);

private:
    const WaitInput& input_;
    std::map<std::size_t, std::unique_ptr<PythonObjects>> known_;
};

}  // namespace pycore
