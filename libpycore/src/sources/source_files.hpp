#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "pycore/analyze.hpp"
#include "sources/source_text.hpp"

namespace pycore {

/// A source file that was found.
struct SourceFile {
    std::string path;  ///< where it was found
    std::shared_ptr<const SourceText> text;
};

/// Opens source files where `FileSearch` allows it: regular files only, nothing outside of the
/// folder they are looked for in, and only Python's. A core is not to be trusted: it may name any
/// file of this machine as the source of a function, and what a report shows may go further than
/// the file did.
class SourceFiles {
public:
    /// Reads `bytes` of all files together. `search` and `deadline` outlive this object.
    SourceFiles(const FileSearch& search, std::uint64_t bytes, Deadline& deadline)
        : search_(search), bytes_left_(bytes), deadline_(deadline)
    {
    }

    /// How many places there are to look at for one file.
    [[nodiscard]] std::size_t places() const;

    /// The file of this name at one of the places, best first.
    std::optional<SourceFile> open(const std::string& name, std::size_t place);

    /// Files were left out because of their size.
    [[nodiscard]] bool cut() const { return cut_; }

private:
    std::optional<SourceFile> open_recorded(const std::string& name);
    std::optional<SourceFile> open_below(const std::filesystem::path& folder,
                                         const std::string& name);
    std::shared_ptr<const SourceText> read(const std::filesystem::path& root,
                                           const std::string& path);

    const FileSearch& search_;
    std::uint64_t bytes_left_;
    Deadline& deadline_;
    bool cut_ = false;
};

}  // namespace pycore
