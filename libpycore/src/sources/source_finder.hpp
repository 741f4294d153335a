#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/deadline.hpp"
#include "pycore/analyze.hpp"
#include "pycore/frame.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"
#include "sources/line_cache.hpp"
#include "sources/source_files.hpp"
#include "sources/source_match.hpp"

namespace pycore {

/// Finds the lines of source that frames are at: as the process itself holds them in `linecache`,
/// else in files. A file may have changed since the process read it, so each function has to be
/// found where its code object says; what cannot be checked is shown only from files of which
/// nothing was refuted.
class SourceFinder {
public:
    /// `search` and `deadline` outlive this object.
    SourceFinder(const FileSearch& search, const Limits& limits, Deadline& deadline);

    /// Looks into this `linecache` too, after those added before. It outlives this object.
    void add(const LineCache& cache) { caches_.push_back(&cache); }

    /// Compares a code object with its source. To be called for all of them before the first
    /// `find`: what it finds out of one counts for the others of its file.
    void check(const std::shared_ptr<const PythonCode>& code);

    /// The line of `position`, or null. Shared by all that ask for it.
    std::shared_ptr<const SourceLine> find(const std::shared_ptr<const PythonCode>& code,
                                           const SourcePosition& position);

    /// "source-differs" for each file that is not what ran.
    [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }

    /// Files or lines were left out: there was too much of them.
    [[nodiscard]] bool cut() const { return cut_ || files_.cut(); }

private:
    /// Where the lines of one file come from.
    struct Source {
        std::size_t place = 0;  ///< the next to look at: the caches, then those of `SourceFiles`
        LineAt lines;
        std::string path;  ///< empty for one of the caches
        bool confirmed = false;
        bool refuted = false;
    };

    struct Lines {
        std::shared_ptr<const PythonCode> code;  ///< keeps its address from being used again
        Source* source = nullptr;                ///< null: there are no lines
        SourceMatch match = SourceMatch::open;
        std::unordered_map<std::int32_t, std::shared_ptr<const SourceLine>> known;
    };

    Lines& lines_of(const std::shared_ptr<const PythonCode>& code);
    Source* find_registered(const PythonCode& code);
    void go_on(const std::string& file, Source& source);
    SourceMatch match(const PythonCode& code, Source& source);
    void note(const PythonCode& code, const std::string& path);
    std::shared_ptr<const SourceLine> read(const Lines& lines, std::int32_t number);

    std::vector<const LineCache*> caches_;
    SourceFiles files_;
    Deadline& deadline_;
    std::uint64_t line_bytes_left_;
    std::unordered_map<std::string, Source> sources_;  ///< by `co_filename`
    std::deque<Source> registered_;
    std::unordered_map<const PythonCode*, Lines> codes_;
    std::vector<Gap> gaps_;
    bool cut_ = false;
};

}  // namespace pycore
