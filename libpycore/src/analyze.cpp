#include "pycore/analyze.hpp"

#include "base/try.hpp"
#include "threads/collect.hpp"

namespace pycore {

Result<Report> analyze(const std::filesystem::path& core, const Options& options)
{
    PYCORE_TRY(const CoreFile file, CoreFile::open(core, options.limits, options.progress));
    return analyze(file, core.string(), options);
}

Result<Report> analyze(const CoreFile& core, const std::string& path, const Options& options)
{
    return make_report(collect_snapshot(core, path, options), options.limits);
}

}  // namespace pycore
