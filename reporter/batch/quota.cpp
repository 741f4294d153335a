#include "batch/quota.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "batch/core_names.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

std::uint64_t size_in(int folder, const std::string& name)
{
    struct stat status {};
    const bool there = ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    return there && S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

std::uint64_t size_of_reports(int folder)
{
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> opened(::fdopendir(copy), &::closedir);
    if (!opened) {
        ::close(copy);
        return 0;
    }
    std::uint64_t total = 0;
    while (const dirent* const entry = ::readdir(opened.get())) {
        total += is_report_name(entry->d_name) ? size_in(folder, entry->d_name) : 0;
    }
    return total;
}

}  // namespace

ReportQuota::ReportQuota(const OutputFolder& folder, std::uint64_t most)
    : folder_(folder), most_(most), used_(size_of_reports(folder.descriptor()))
{
}

std::uint64_t ReportQuota::size_of(const BatchEntry& entry) const
{
    std::uint64_t total = 0;
    for (const std::string& name : entry.reports) {
        total += size_in(folder_.descriptor(), name);
    }
    return total;
}

// More than is needed, so that this does not happen at each report.
void ReportQuota::make_room(BatchPlan& plan, const CoreSearch& search)
{
    if (!is_full()) {
        return;
    }
    std::set<std::string> found;
    for (const FoundCore& core : search.cores) {
        found.insert(to_printable(core.path));
    }
    std::ranges::stable_sort(plan.kept, {},
                             [](const BatchEntry& entry) { return entry.origin.time; });
    std::erase_if(plan.kept, [&](const BatchEntry& entry) {
        if (used_ <= most_ / 4 * 3 || found.contains(entry.path)) {
            return false;
        }
        used_ -= std::min(used_, size_of(entry));
        for (const std::string& name : entry.reports) {
            ::unlinkat(folder_.descriptor(), name.c_str(), 0);
        }
        return true;
    });
}

void ReportQuota::add(const BatchEntry& entry)
{
    used_ += size_of(entry);
}

}  // namespace pycore
