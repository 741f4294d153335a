#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include "base/deadline.hpp"
#include "c_api/error.hpp"
#include "c_api/handles.hpp"
#include "c_api/options.hpp"

namespace pycore::c_api {
namespace {

using Clock = std::chrono::steady_clock;
using Opener = std::function<Result<CoreFile>(const Limits&, const UnpackOptions&)>;

int wrong_argument(pycore_error* error, std::string_view what)
{
    return fail(error, PYCORE_ERROR_ARGUMENT, what);
}

// Unpacking takes most of the time of a large core: its end is a cancellation of ours.
int open_core(const Opener& open,
              std::string name,
              const Options& options,
              pycore_core** core,
              pycore_error* error)
{
    const auto start = Clock::now();
    const auto end =
        start + std::min<Clock::duration>(options.limits.max_time, std::chrono::hours(10'000));
    bool late = false;
    UnpackOptions unpacking;
    unpacking.file = options.unpack_file;
    unpacking.cancelled = [&options, &late, end] {
        late = Clock::now() >= end;
        return late || (options.cancelled && options.cancelled());
    };
    auto opened = open(options.limits, unpacking);
    if (!opened && opened.fault().code == FaultCode::cancelled && late) {
        return fail(error, PYCORE_ERROR_LIMIT, "max_time: the core was not unpacked by then");
    }
    if (!opened) {
        return fail(error, opened.fault());
    }
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    *core = std::make_unique<pycore_core>(std::move(*opened), std::move(name), spent).release();
    return PYCORE_OK;
}

int open_with(const Opener& open,
              const char* name,
              const pycore_options* options,
              pycore_core** core,
              pycore_error* error)
{
    const auto wanted = read_options(options);
    if (!wanted) {
        return wrong_argument(error, wanted.fault().what.text());
    }
    return open_core(open, name == nullptr ? "" : name, *wanted, core, error);
}

int analyze_core(pycore_core& core,
                 const pycore_options* options,
                 pycore_report** report,
                 pycore_error* error)
{
    auto wanted = read_options(options);
    if (!wanted) {
        return wrong_argument(error, wanted.fault().what.text());
    }
    const std::lock_guard lock(core.in_use);
    auto& time = wanted->limits.max_time;
    time = std::max(time - core.spent, std::chrono::milliseconds(0));
    auto made = analyze(core.file, core.name, *wanted);
    if (!made) {
        return fail(error, made.fault());
    }
    *report = std::make_unique<pycore_report>(std::move(*made)).release();
    return PYCORE_OK;
}

}  // namespace
}  // namespace pycore::c_api

using namespace pycore;

int pycore_open(const char* path,
                const pycore_options* options,
                pycore_core** core,
                pycore_error* error) noexcept
{
    return c_api::guarded(error, [&] {
        if (core == nullptr || path == nullptr) {
            return c_api::wrong_argument(error, "pycore_open: path or core is NULL");
        }
        *core = nullptr;
        return c_api::open_with(
            [path](const Limits& limits, const UnpackOptions& unpacking) {
                return CoreFile::open(std::filesystem::path(path), limits, unpacking);
            },
            path, options, core, error);
    });
}

int pycore_open_fd(int descriptor,
                   const char* name,
                   const pycore_options* options,
                   pycore_core** core,
                   pycore_error* error) noexcept
{
    return c_api::guarded(error, [&] {
        if (core == nullptr || descriptor < 0) {
            return c_api::wrong_argument(error, "pycore_open_fd: no descriptor, or core is NULL");
        }
        *core = nullptr;
        return c_api::open_with(
            [descriptor](const Limits& limits, const UnpackOptions& unpacking) {
                return CoreFile::open(descriptor, limits, unpacking);
            },
            name, options, core, error);
    });
}

void pycore_core_free(pycore_core* core) noexcept
{
    delete core;
}

int pycore_analyze(pycore_core* core,
                   const pycore_options* options,
                   pycore_report** report,
                   pycore_error* error) noexcept
{
    return c_api::guarded(error, [&] {
        if (report == nullptr) {
            return c_api::wrong_argument(error, "pycore_analyze: report is NULL");
        }
        *report = nullptr;
        if (core == nullptr) {
            return c_api::wrong_argument(error, "pycore_analyze: core is NULL");
        }
        return c_api::analyze_core(*core, options, report, error);
    });
}

void pycore_report_free(pycore_report* report) noexcept
{
    delete report;
}
