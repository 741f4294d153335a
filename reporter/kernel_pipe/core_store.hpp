#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "owned_descriptor.hpp"

namespace pycore {

/// What may be kept, in bytes. What is older goes first.
struct StoreQuota {
    std::uint64_t max_file = 0;
    std::uint64_t max_use = 0;    ///< of all files of its kind in the folder
    std::uint64_t keep_free = 0;  ///< of the file system
};

/// Whose folder it may be. The one of reports is of the user that makes them when root does not.
enum class StoreOwner : std::uint8_t { this_user, anybody };

/// A folder of cores or of reports, which nobody but its owner may write to.
class CoreStore {
public:
    /// Makes the folder if it is missing. What is wrong is the rest of a sentence.
    static std::variant<CoreStore, std::string> open(const std::string& path,
                                                     const StoreQuota& quota,
                                                     StoreOwner owner = StoreOwner::this_user);

    /// A place among the few that may work at a time: held while the descriptor is open; none when
    /// all are taken.
    [[nodiscard]] OwnedDescriptor take_slot() const;

    /// Deletes the oldest files that `is_ours` until `more` bytes have room; false if they have
    /// not.
    [[nodiscard]] bool make_room(std::uint64_t more, bool (*is_ours)(std::string_view name)) const;

    struct Received {
        OwnedDescriptor file;  ///< without a name yet, readable; none: `error` is an errno
        int error = 0;
        std::uint64_t size = 0;
        bool cut = false;  ///< there was more than the quota allows
    };
    /// Copies all of a pipe to a file, with holes for what is zero.
    [[nodiscard]] Received receive(int pipe) const;

    /// Names what was received. 0, or an errno.
    [[nodiscard]] int keep(const OwnedDescriptor& file, const std::string& name) const;

    [[nodiscard]] int descriptor() const noexcept { return folder_.number(); }

private:
    CoreStore(OwnedDescriptor folder, const StoreQuota& quota)
        : folder_(std::move(folder)), quota_(quota)
    {
    }

    [[nodiscard]] std::uint64_t free_bytes() const;

    OwnedDescriptor folder_;
    StoreQuota quota_;
};

}  // namespace pycore
