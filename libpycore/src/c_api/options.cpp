#include "c_api/options.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "base/try.hpp"

namespace pycore::c_api {
namespace {

constexpr std::size_t largest_struct = 1 << 16;
constexpr std::uint64_t known_flags = PYCORE_COLLECTOR | PYCORE_NO_RECORDED_PATHS |
                                      PYCORE_NO_SOURCES | PYCORE_NO_LINES | PYCORE_NO_MODULES |
                                      PYCORE_GLOBALS | PYCORE_ENVIRONMENT | PYCORE_PYTHON_MODULES;

Fault wrong(Label what)
{
    return {FaultCode::bad_format, 0, what};
}

// The members that both the caller and this library know; the others are 0.
Result<pycore_options> known_part(const pycore_options* options)
{
    pycore_options known = {};
    if (options == nullptr) {
        return known;
    }
    const std::size_t size = options->struct_size;
    if (size < sizeof size || size > largest_struct || size % alignof(pycore_options) != 0) {
        return wrong("pycore_options.struct_size");
    }
    std::memcpy(&known, options, std::min(size, sizeof known));
    const auto* const bytes = reinterpret_cast<const unsigned char*>(options);
    if (size > sizeof known &&
        std::any_of(bytes + sizeof known, bytes + size, [](unsigned char b) { return b != 0; })) {
        return wrong("an option of a later libpycore");
    }
    if ((known.flags & ~known_flags) != 0) {
        return wrong("pycore_options.flags");
    }
    if (known.privacy < PYCORE_PRIVACY_DEFAULT || known.privacy > PYCORE_PRIVACY_PUBLIC) {
        return wrong("pycore_options.privacy");
    }
    if (known.locals < PYCORE_LOCALS_DEFAULT || known.locals > PYCORE_LOCALS_ALL_THREADS) {
        return wrong("pycore_options.locals");
    }
    if (known.unpack_file < 0) {
        return wrong("pycore_options.unpack_file");
    }
    return known;
}

template <class Text>
std::vector<Text> list_of(const char* const* items)
{
    std::vector<Text> list;
    for (; items != nullptr && *items != nullptr; ++items) {
        list.emplace_back(*items);
    }
    return list;
}

template <class Member>
void set(Member& limit, std::uint64_t wanted)
{
    if (wanted != 0) {
        limit = static_cast<Member>(wanted);
    }
}

Limits read_limits(const pycore_options& from)
{
    const bool collector = (from.flags & PYCORE_COLLECTOR) != 0;
    Limits limits = collector ? collector_limits() : Limits{};
    if (from.max_memory != 0) {
        limits = limits_for_memory(from.max_memory, limits);
    }
    if (from.max_time != 0) {
        limits.max_time = std::chrono::milliseconds(from.max_time);
    }
    set(limits.max_unpacked_bytes, from.max_unpacked_bytes);
    set(limits.max_unpack_memory, from.max_unpack_memory);
    set(limits.max_report_bytes, from.max_report_bytes);
    set(limits.max_threads, from.max_threads);
    set(limits.max_frames, from.max_frames);
    set(limits.max_total_frames, from.max_total_frames);
    set(limits.max_value_items, from.max_value_items);
    set(limits.max_value_text, from.max_value_text);
    set(limits.max_total_value_bytes, from.max_total_value_bytes);
    set(limits.max_warnings, from.max_warnings);
    return limits;
}

FileSearch read_files(const pycore_options& from)
{
    FileSearch files;
    files.recorded_paths = (from.flags & PYCORE_NO_RECORDED_PATHS) == 0;
    files.sources = (from.flags & (PYCORE_NO_SOURCES | PYCORE_COLLECTOR)) == 0;
    files.sysroot = from.sysroot == nullptr ? "" : from.sysroot;
    files.executable = from.executable == nullptr ? "" : from.executable;
    files.module_paths = list_of<std::filesystem::path>(from.module_paths);
    files.debug_paths = list_of<std::filesystem::path>(from.debug_paths);
    files.source_paths = list_of<std::filesystem::path>(from.source_paths);
    if (from.open_file != nullptr) {
        files.open = [open = from.open_file, data = from.user_data](const std::string& path) {
            try {
                const int opened = open(data, path.c_str());
                return opened == 0 ? -EBADF : opened;
            } catch (...) {
                return -EIO;
            }
        };
    }
    return files;
}

Locals read_locals(int wanted)
{
    switch (wanted) {
    case PYCORE_LOCALS_NONE: return Locals::none;
    case PYCORE_LOCALS_CRASHED_THREAD: return Locals::crashed_thread;
    default: return Locals::all_threads;
    }
}

Cancelled read_cancelled(const pycore_options& from)
{
    if (from.cancelled == nullptr) {
        return {};
    }
    return [ask = from.cancelled, data = from.user_data] {
        try {
            return ask(data) != 0;
        } catch (...) {
            return true;
        }
    };
}

}  // namespace

Result<Options> read_options(const pycore_options* options)
{
    PYCORE_TRY(const pycore_options from, known_part(options));
    const auto has = [&from](std::uint64_t flag) { return (from.flags & flag) != 0; };
    const int privacy = from.privacy != PYCORE_PRIVACY_DEFAULT ? from.privacy
                        : has(PYCORE_COLLECTOR)                ? PYCORE_PRIVACY_PUBLIC
                                                               : PYCORE_PRIVACY_LOCAL;
    Options to;
    to.limits = read_limits(from);
    to.files = read_files(from);
    to.cancelled = read_cancelled(from);
    to.unpack_file = from.unpack_file == 0 ? -1 : from.unpack_file;
    to.modules = !has(PYCORE_NO_MODULES);
    to.python_modules = has(PYCORE_PYTHON_MODULES);
    to.lines = !has(PYCORE_NO_LINES);
    to.locals = read_locals(from.locals);
    to.globals = has(PYCORE_GLOBALS);
    to.environment = has(PYCORE_ENVIRONMENT);
    to.privacy = privacy == PYCORE_PRIVACY_PUBLIC ? PrivacyLevel::open : PrivacyLevel::local;
    to.redact = list_of<std::string>(from.redact);
    return to;
}

}  // namespace pycore::c_api

void pycore_options_init(pycore_options* options, size_t size) noexcept
{
    if (options != nullptr && size >= sizeof options->struct_size) {
        std::memset(options, 0, size);
        options->struct_size = size;
    }
}
