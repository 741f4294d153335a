#include "waits/blocked_object.hpp"

#include <vector>

#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// What calls the lock is further in, or this many frames out at most: C code in between has none.
constexpr std::size_t most_frames = 4;

/// Looks among objects for the lock with one word.
class Search {
public:
    Search(PythonObjects& objects, Address word) : objects_(objects), word_(word) {}

    [[nodiscard]] std::optional<LockObject> look_at(Address object)
    {
        if (auto lock = read(object)) {
            return lock;
        }
        const Address self = read_self(object);
        return self ? read(self) : std::nullopt;
    }

    [[nodiscard]] std::optional<LockObject> look_at(const PythonFrame& frame)
    {
        FrameSlots& slots = objects_.frame_slots();
        for (const Address object : slots.value_stack(frame)) {
            if (auto lock = look_at(object)) {
                return lock;
            }
        }
        for (const NamedObject& named : slots.names(frame)) {
            if (auto lock = look_at(named.object)) {
                return lock;
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::optional<LockObject> read(Address object)
    {
        auto lock = objects_.read_lock(object);
        const bool found = lock && !lock->in_parking_lot && lock->word == word_;
        return found ? lock : std::nullopt;
    }

    /// Of a bound method, written in C or not.
    [[nodiscard]] Address read_self(Address object)
    {
        const Memory& memory = objects_.memory();
        const Layout& layout = objects_.layout();
        const auto type =
            is_aligned(object) ? read_type(memory, layout, object) : Result<Address>(Address{});
        if (!type || !*type) {
            return {};
        }
        if (objects_.types().is_exactly(*type, "builtin_function_or_method")) {
            return read_field(memory, object, layout.builtin.self, "method").value_or(Address{});
        }
        return {};
    }

    PythonObjects& objects_;
    Address word_;
};

/// In the parking lot the byte is part of the object.
std::optional<LockObject> find_parked_lock(PythonObjects& objects, Address parked)
{
    const std::uint64_t header = objects.layout().object.size;
    if (parked.value < header) {
        return std::nullopt;
    }
    auto lock = objects.read_lock(Address{parked.value - header});
    const bool found = lock && lock->in_parking_lot && lock->word == parked;
    return found ? lock : std::nullopt;
}

}  // namespace

std::optional<LockObject> find_blocked_lock(PythonObjects& objects,
                                            std::span<const PythonFrame* const> frames,
                                            const NativeWait& wait)
{
    if (wait.parked) {
        return find_parked_lock(objects, wait.parked);
    }
    if (!wait.word) {
        return std::nullopt;
    }
    Search search(objects, wait.word);
    for (const PythonFrame* const frame : frames.first(std::min(frames.size(), most_frames))) {
        if (auto lock = search.look_at(*frame)) {
            return lock;
        }
    }
    return std::nullopt;
}

std::optional<ThreadHandle> read_parked_handle(const Memory& memory, Address parked)
{
    // Of Modules/_threadmodule.c: the same in all builds.
    constexpr std::uint64_t byte_at = 57;
    struct Handle {
        std::uint64_t ident;
        std::uint64_t os_handle;
        std::int32_t has_os_handle;
        std::int32_t state;  ///< not started 1, starting 2, running 3, done 4
    };
    constexpr std::uint64_t ident_at = 32;
    constexpr std::int32_t first_state = 1;
    constexpr std::int32_t done = 4;
    if (parked.value < byte_at || (parked.value - byte_at) % 8 != 0) {
        return std::nullopt;
    }
    const auto handle =
        memory.read<Handle>(Address{parked.value - byte_at + ident_at}, "thread handle");
    if (!handle || handle->ident == 0 || handle->state < first_state || handle->state > done) {
        return std::nullopt;
    }
    // On Linux both are what `pthread_self` says.
    if (handle->has_os_handle != 0 && handle->os_handle != handle->ident) {
        return std::nullopt;
    }
    return ThreadHandle{.ident = handle->ident, .done = handle->state == done};
}

}  // namespace pycore
