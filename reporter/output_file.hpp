#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace pycore {

/// What a file is, whatever its names.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) noexcept = default;
};

/// Nothing when the file cannot be looked at.
[[nodiscard]] std::optional<FileIdentity> identity_of(const std::string& path);
[[nodiscard]] std::optional<FileIdentity> identity_of(int descriptor);

/// Why an output is not written, as the rest of a sentence: "exists; use --force to replace it".
struct OutputError {
    std::string reason;
    bool refused = false;  ///< by our own rules, not by the operating system
};

/// What the passing names of files in the making start with.
inline constexpr std::string_view temporary_prefix = ".pycore-report-";

/// A file in the making: it has no name until `commit`, so that an unfinished report is never seen
/// and never stays. Devices and pipes are written directly.
class OutputFile {
public:
    /// Refuses an existing file without `force`, and an ELF file or `core` always.
    static std::variant<OutputFile, OutputError> create(const std::string& path,
                                                        bool force,
                                                        const std::optional<FileIdentity>& core);

    /// Of that name in `folder`, which stays the caller's and open. A file of its name is replaced,
    /// an ELF file, a link, a pipe or a device never. Its group may read it.
    static std::variant<OutputFile, OutputError> create_in(int folder, const std::string& name);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// Gives the finished file its name, or says why that failed.
    std::optional<OutputError> commit();

private:
    OutputFile(int descriptor, int folder, std::string path, std::string temporary, bool force)
        : descriptor_(descriptor),
          folder_(folder),
          path_(std::move(path)),
          temporary_(std::move(temporary)),
          force_(force)
    {
    }

    static std::variant<OutputFile, OutputError> open_directly(const std::string& path);
    std::optional<OutputError> give_name();

    int descriptor_ = -1;
    int folder_ = -1;        // that the names are in
    std::string path_;       // empty for a device or a pipe: nothing to commit
    std::string temporary_;  // empty while the file has no name at all
    bool force_ = false;
};

}  // namespace pycore
