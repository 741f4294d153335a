#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <variant>

#include "batch/open_core.hpp"
#include "owned_descriptor.hpp"

namespace pycore {

/// The folder of an ABRT problem, whose files are its elements. Others may write to it while we do.
class DumpDirectory {
public:
    /// What is wrong is an errno.
    static std::variant<DumpDirectory, int> open(const std::string& path);

    struct Core {
        OpenedFile file;   ///< its descriptor is none where there is no core
        std::string name;  ///< "coredump.zst"
    };
    [[nodiscard]] Core open_core() const;

    /// Whether there is anything of that name.
    [[nodiscard]] bool has(const std::string& element) const;

    /// Puts a new file in the place of that name, for those who may read the other elements: as
    /// libreport does it, but that no link is followed, and nothing that is there is written to.
    /// Returns 0 or an errno; then there is no file of that name, or one that is not ours.
    [[nodiscard]] int write(const std::string& element, std::string_view content) const;

private:
    DumpDirectory(OwnedDescriptor folder, const struct stat& status)
        : folder_(std::move(folder)),
          owner_(status.st_uid),
          group_(status.st_gid),
          mode_(status.st_mode)
    {
    }

    [[nodiscard]] int fill(int file, std::string_view content) const;

    OwnedDescriptor folder_;
    uid_t owner_;
    gid_t group_;
    mode_t mode_;
};

}  // namespace pycore
