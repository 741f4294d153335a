#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/deadline.hpp"
#include "elf/elf_file.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Debug files from the servers that DEBUGINFOD_URLS names. libdebuginfod, which keeps what it
/// fetched for the next time, is loaded by this and by nothing else: a program that asks no server
/// does not have the network libraries behind it.
class Debuginfod {
public:
    static constexpr const char* library_name = "libdebuginfod.so.1";

    /// `deadline`, which outlives this object, may be null. Gap "debuginfod-unavailable" when there
    /// is no library or no server.
    explicit Debuginfod(const Deadline* deadline, const char* library = library_name);
    ~Debuginfod();
    Debuginfod(const Debuginfod&) = delete;
    Debuginfod(Debuginfod&&) = delete;
    Debuginfod& operator=(const Debuginfod&) = delete;
    Debuginfod& operator=(Debuginfod&&) = delete;

    /// The file whose build id (lower-case hex) is this, or null.
    std::shared_ptr<const ElfFile> find(const std::string& build_id);

    /// The first thing that kept files from being had; that a server does not know one is none.
    [[nodiscard]] const std::optional<Gap>& problem() const noexcept { return problem_; }

private:
    struct Library;

    FileDescriptor ask(const std::string& build_id);
    void add_problem(const char* code, std::string message);

    const Deadline* deadline_;
    std::unique_ptr<Library> library_;                    ///< null when nothing is asked any more
    std::optional<std::chrono::milliseconds> time_left_;  ///< for asking; unset until the first
    std::optional<Gap> problem_;
};

}  // namespace pycore
