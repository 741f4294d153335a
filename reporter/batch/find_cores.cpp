#include "batch/find_cores.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "batch/core_magic.hpp"
#include "batch/core_names.hpp"
#include "batch/open_core.hpp"
#include "fault_message.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr int max_depth = 32;
constexpr std::size_t max_files = 1'000'000;
// Those that libreport writes; the first that is there.
constexpr std::array abrt_cores{"coredump", "coredump.zst", "coredump.lz4", "coredump.xz"};

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

OwnedDescriptor open_folder(int folder, const std::string& name)
{
    return OwnedDescriptor(::openat(folder, name.c_str(),
                                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
}

// Sorted, so that a limit cuts the same in every run.
std::vector<std::string> names_in(int folder)
{
    std::vector<std::string> names;
    OwnedDescriptor copy(::fcntl(folder, F_DUPFD_CLOEXEC, 0));
    const std::unique_ptr<DIR, CloseFolder> opened(::fdopendir(copy.number()));
    if (!opened) {
        return names;
    }
    copy.release();
    while (const dirent* const entry = ::readdir(opened.get())) {
        if (entry->d_name[0] != '.' && names.size() < max_files) {
            names.emplace_back(entry->d_name);
        }
    }
    std::ranges::sort(names);
    return names;
}

bool is_regular(int folder, const char* name)
{
    struct stat status {};
    return ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

// Every problem has the elements `time` and `type`.
bool is_abrt_folder(int folder)
{
    return is_regular(folder, "time") && is_regular(folder, "type");
}

std::string folder_of(const std::string& path)
{
    return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

std::string name_in(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string joined(const std::string& folder, const std::string& name)
{
    return folder == "/" ? folder + name : folder + "/" + name;
}

class Search {
public:
    explicit Search(const std::optional<FileIdentity>& except) : except_(except) {}

    void add_input(const std::string& input)
    {
        const std::unique_ptr<char, decltype(&std::free)> resolved(
            ::realpath(input.c_str(), nullptr), &std::free);
        struct stat status {};
        if (!resolved || ::stat(resolved.get(), &status) != 0) {
            add_missing(input, errno);
            return;
        }
        const std::string path = resolved.get();
        if (S_ISDIR(status.st_mode)) {
            add_named_folder(input, path);
        } else {
            add_named_file(input, path);
        }
    }

    CoreSearch finish()
    {
        std::ranges::stable_sort(found_.cores, {}, &FoundCore::path);
        const auto same = std::ranges::unique(found_.cores, {}, &FoundCore::path);
        found_.cores.erase(same.begin(), same.end());
        return std::move(found_);
    }

private:
    void add_missing(const std::string& input, int error)
    {
        found_.missing.push_back(fault_message(
            input, Fault{FaultCode::io_error, static_cast<std::uint64_t>(error), "input"}));
    }

    void add_named_folder(const std::string& input, const std::string& path)
    {
        const OwnedDescriptor folder = open_folder(AT_FDCWD, path);
        if (!folder) {
            add_missing(input, errno);
            return;
        }
        visit_folder(folder.number(), path, 0);
    }

    void add_named_file(const std::string& input, const std::string& path)
    {
        const OpenedFile file = open_core(path);
        if (!file.descriptor && file.error != EINVAL) {
            add_missing(input, file.error);
            return;
        }
        const FileKind kind =
            file.descriptor ? kind_of_file(file.descriptor.number()) : FileKind::other;
        if (kind == FileKind::other) {
            found_.refused.push_back(to_printable(input) + " is not a core dump");
            return;
        }
        const std::string folder = folder_of(path);
        const OwnedDescriptor around = open_folder(AT_FDCWD, folder);
        const bool abrt =
            name_in(path).starts_with("coredump") && around && is_abrt_folder(around.number());
        add(file, path, abrt ? folder : std::string{}, kind, true);
    }

    void visit_folder(int folder, const std::string& path, int depth)
    {
        if (except_ && identity_of(folder) == except_ && depth > 0) {
            return;
        }
        if (is_abrt_folder(folder) && add_abrt(folder, path)) {
            return;
        }
        for (const std::string& name : names_in(folder)) {
            struct stat status {};
            if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
                continue;
            }
            if (S_ISDIR(status.st_mode)) {
                enter(folder, path, name, depth);
            } else {
                visit_file(folder, joined(path, name), name, S_ISREG(status.st_mode));
            }
        }
    }

    // NOLINTNEXTLINE(misc-no-recursion): max_depth
    void enter(int folder, const std::string& path, const std::string& name, int depth)
    {
        const OwnedDescriptor below = open_folder(folder, name);
        if (below && depth < max_depth) {
            visit_folder(below.number(), joined(path, name), depth + 1);
        }
    }

    bool add_abrt(int folder, const std::string& path)
    {
        for (const char* name : abrt_cores) {
            const OpenedFile file = open_regular(folder, name);
            if (file.descriptor) {
                add(file, joined(path, name), path, kind_of_file(file.descriptor.number()), true);
                return true;
            }
        }
        return false;
    }

    void visit_file(int folder, const std::string& path, const std::string& name, bool regular)
    {
        const OpenedFile file = regular ? open_regular(folder, name) : OpenedFile{};
        const bool expected = regular && time_in_systemd_name(name).has_value();
        const FileKind kind =
            file.descriptor ? kind_of_file(file.descriptor.number()) : FileKind::other;
        const bool unreadable = regular && !file.descriptor && file.error != ENOENT;
        if (kind == FileKind::other && !(expected && (file.descriptor || unreadable))) {
            ++found_.left_out;
            return;
        }
        add(file, path, {}, kind, expected);
    }

    void add(const OpenedFile& file,
             const std::string& path,
             const std::string& abrt_folder,
             FileKind kind,
             bool expected)
    {
        if (found_.cores.size() == max_files) {
            ++found_.left_out;
            return;
        }
        found_.cores.push_back(FoundCore{.path = path,
                                         .name = name_in(abrt_folder.empty() ? path : abrt_folder),
                                         .abrt_folder = abrt_folder,
                                         .expected = expected,
                                         .packed = kind == FileKind::packed,
                                         .size = static_cast<std::uint64_t>(file.status.st_size),
                                         .modified = modification_time(file.status)});
    }

    const std::optional<FileIdentity>& except_;
    CoreSearch found_;
};

}  // namespace

CoreSearch find_cores(const std::vector<std::string>& inputs,
                      const std::optional<FileIdentity>& except)
{
    Search search(except);
    for (const std::string& input : inputs) {
        search.add_input(input);
    }
    return search.finish();
}

}  // namespace pycore
