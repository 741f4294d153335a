#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "pycore/wait.hpp"
#include "waits/frame_stacks.hpp"
#include "waits/manager_locks.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"
#include "waits/with_blocks.hpp"

namespace pycore {

/// That a thread has something, as its frames say.
struct LockClaim {
    Address object;
    ResourceKind kind = ResourceKind::lock;
    std::size_t thread = 0;
    std::size_t interpreter = 0;
    std::optional<std::size_t> frame;  ///< index in `Thread::stack`
    OwnerEvidence how = OwnerEvidence::with_block;
    bool certain = false;
    bool by_hand = false;  ///< the code of the block names `release` and `acquire`
    std::string where;
    std::string evidence;
};

/// Finds what threads hold by the `with` blocks that their frames are inside of, and those of the
/// generators that they run.
class LockClaims {
public:
    LockClaims(const WaitInput& input, InterpreterObjects& objects)
        : input_(input), objects_(objects)
    {
    }

    /// The innermost frames first.
    [[nodiscard]] std::vector<LockClaim> find(std::size_t thread);

    /// Frames of generators that the thread looked at last runs, where it is certain that it does.
    [[nodiscard]] std::span<const PythonFrame> generator_frames() const { return frames_; }

private:
    /// Of one interpreter.
    struct Readers {
        explicit Readers(PythonObjects& made)
            : objects(made), stacks(made), blocks(made), managers(made, blocks)
        {
        }

        PythonObjects& objects;
        FrameStacks stacks;
        WithBlocks blocks;
        ManagerLocks managers;
    };

    /// The frame whose blocks are looked at: of a thread's stack, or of a generator that it holds.
    struct Place {
        Address frame;
        std::size_t index = 0;  ///< in `Thread::stack`
        int depth = 0;          ///< generators within each other
        bool certain = true;    ///< the thread has that generator
    };

    [[nodiscard]] Readers* readers_of(std::size_t interpreter);
    void note_released(Readers& readers, const PythonFrame& frame);
    void visit(Readers& readers, const Place& place);
    void visit_generator(Readers& readers, const Place& from, Address object);
    void enter(Readers& readers,
               const Place& place,
               const FrameStack& stack,
               const EnteredManager& entered);

    const WaitInput& input_;
    InterpreterObjects& objects_;
    std::map<std::size_t, std::unique_ptr<Readers>> readers_;

    // Of the thread that is being looked at.
    std::size_t thread_ = 0;
    std::size_t interpreter_ = 0;
    std::vector<LockClaim> claims_;
    std::set<Address> released_;    ///< locks that a `Condition.wait` further in has let go of
    std::set<Address> generators_;  ///< those looked at
    std::vector<PythonFrame> frames_;
};

}  // namespace pycore
