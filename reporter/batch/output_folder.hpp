#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "output_file.hpp"
#include "owned_descriptor.hpp"

namespace pycore {

/// The folder that a batch writes to, held for it alone: a second batch is refused.
class OutputFolder {
public:
    /// Makes the folder if it is missing. What is wrong is the rest of a sentence: "is in use by
    /// another batch".
    static std::variant<OutputFolder, std::string> open(const std::string& path);

    [[nodiscard]] int descriptor() const noexcept { return folder_.number(); }
    [[nodiscard]] std::optional<FileIdentity> identity() const { return identity_of(descriptor()); }

    /// Whether there is a regular file of that name.
    [[nodiscard]] bool has(const std::string& name) const;

    /// The whole of a file of at most `most` bytes; empty when it is not there, longer, or a link.
    [[nodiscard]] std::string read(const std::string& name, std::size_t most) const;

    /// Has the disk keep all that was written so far, before an index says that it is there. Once
    /// for all files: one by one they would take longer than the analysis.
    void keep() const;

    /// Writes a file at once, and to the disk.
    [[nodiscard]] std::optional<OutputError> write(const std::string& name,
                                                   std::string_view content) const;

private:
    OutputFolder(OwnedDescriptor folder, OwnedDescriptor lock)
        : folder_(std::move(folder)), lock_(std::move(lock))
    {
    }

    OwnedDescriptor folder_;
    OwnedDescriptor lock_;
};

}  // namespace pycore
