#include "pycore/analyze.hpp"

#include "base/try.hpp"
#include "threads/collect.hpp"

namespace pycore {
namespace {

Result<Report> analyze_all(const CoreFile& core, const std::string& path, const Options& options)
{
    return make_report(collect_snapshot(core, path, options), options.limits);
}

}  // namespace

Result<Report> analyze(const std::filesystem::path& core, const Options& options)
{
    PYCORE_TRY(const CoreFile file, CoreFile::open(core, options.limits,
                                                   {.progress = options.progress,
                                                    .cancelled = options.cancelled,
                                                    .file = options.unpack_file}));
    return analyze(file, core.string(), options);
}

Result<Report> analyze(const CoreFile& core, const std::string& path, const Options& options)
{
    if (!options.cancelled) {
        return analyze_all(core, path, options);
    }
    // The work ends early as if its time were over; whether it was cancelled is known here alone.
    bool cancelled = false;
    Options asking = options;
    asking.cancelled = [&cancelled, &options] {
        cancelled = cancelled || options.cancelled();
        return cancelled;
    };
    auto report = analyze_all(core, path, asking);
    if (asking.cancelled()) {
        return Fault{FaultCode::cancelled, 0, "analysis"};
    }
    return report;
}

}  // namespace pycore
