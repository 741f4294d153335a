#include "kernel_pipe/run_kernel_pipe.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ostream>
#include <vector>

#include "batch/core_names.hpp"
#include "batch/open_core.hpp"
#include "collector/collect_core.hpp"
#include "collector/identity.hpp"
#include "collector/metadata.hpp"
#include "descriptor_stream.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "journal/journal.hpp"
#include "journal/record.hpp"
#include "kernel_pipe/core_name.hpp"
#include "kernel_pipe/core_store.hpp"
#include "output_file.hpp"
#include "pycore/core_file.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_line = 400;

// The kernel starts it without any descriptor but that of the pipe: the next file would become the
// standard error. Messages go to the kernel's log then.
bool complete_standard_streams()
{
    const bool complete = ::fcntl(STDERR_FILENO, F_GETFD) >= 0;
    for (int number = 0; number >= 0 && number <= STDERR_FILENO;) {
        number = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        if (number > STDERR_FILENO) {
            ::close(number);
        }
    }
    if (!complete) {
        const OwnedDescriptor log(::open("/dev/kmsg", O_WRONLY | O_CLOEXEC | O_NOCTTY));
        return log && ::dup2(log.number(), STDERR_FILENO) == STDERR_FILENO;
    }
    return true;
}

void say(const KernelPipeRequest& request, const std::string& what)
{
    print_error("process " + std::to_string(request.pid) + ": " +
                to_printable(what.substr(0, longest_line)));
}

// What the core says its command was, which only a process in the sandbox looks at.
std::string command_in(int core, const CollectorSettings& settings)
{
    constexpr std::size_t most = 64;
    bool fallback = false;
    SandboxRules rules;
    rules.identity = sandbox_identity(settings.user, fallback);
    rules.memory = settings.memory;
    rules.time = std::chrono::seconds(10);
    rules.kept = {core};
    rules.output_limits = {most};
    const SandboxResult result = run_sandboxed(rules, [&](const SandboxView& view) {
        const auto opened = CoreFile::open(core, collector_limits());
        const std::string command =
            opened && opened->process() ? opened->process()->command : std::string();
        const ssize_t written =
            ::write(view.outputs.front(), command.data(), std::min(command.size(), most));
        return written < 0 ? 1 : 0;
    });
    return result.ending == SandboxEnding::finished ? result.outputs.front() : std::string();
}

void note(int core, const char* name, const std::string& value)
{
    const std::string attribute = std::string("user.coredump.") + name;
    ::fsetxattr(core, attribute.c_str(), value.data(), value.size(), 0);
}

// As systemd-coredump does it, but that nobody is let read it: whether its user may have known all
// that is in it takes more than the kernel tells here.
void describe(int core, const KernelPipeRequest& request, const std::string& command)
{
    note(core, "pid", std::to_string(request.pid));
    note(core, "uid", std::to_string(request.user));
    note(core, "gid", std::to_string(request.group));
    note(core, "signal", std::to_string(request.signal));
    note(core, "timestamp", std::to_string(request.time) + "000000");
    note(core, "comm", command);
}

bool is_stored_core(std::string_view name)
{
    return name.starts_with("core.");
}

bool is_elf(int file)
{
    std::array<char, 4> magic{};
    return ::pread(file, magic.data(), magic.size(), 0) == 4 && std::memcmp(magic.data(),
                                                                            "\x7f"
                                                                            "ELF",
                                                                            magic.size()) == 0;
}

bool write_report(int folder, const std::string& name, const std::string& content)
{
    auto created = OutputFile::create_in(folder, name);
    auto* const file = std::get_if<OutputFile>(&created);
    if (file == nullptr) {
        return false;
    }
    DescriptorBuffer buffer(file->descriptor());
    std::ostream stream(&buffer);
    stream << content << std::flush;
    return buffer.error() == 0 && ::fsync(file->descriptor()) == 0 && !file->commit();
}

/// A core that lies in the store.
struct StoredCore {
    OwnedDescriptor file;
    std::string name;
    std::uint64_t size = 0;
    std::string command;
};

/// All that happens to one core.
class Delivery {
public:
    Delivery(const KernelPipeRequest& request, const CollectorSettings& settings)
        : request_(request), settings_(settings)
    {
    }

    int run()
    {
        const auto opened =
            CoreStore::open(settings_.core_directory, {.max_file = settings_.max_core_size,
                                                       .max_use = settings_.max_core_use,
                                                       .keep_free = settings_.keep_free});
        if (const auto* error = std::get_if<std::string>(&opened)) {
            return fail(settings_.core_directory + " takes no cores: " + *error);
        }
        const auto& store = std::get<CoreStore>(opened);
        const OwnedDescriptor slot = store.take_slot();
        if (!slot) {
            return fail("its core is lost: too many at a time");
        }
        if (const auto stored = this->store(store)) {
            report(*stored);
            return exit_status::written;
        }
        return exit_status::unreadable;
    }

private:
    int fail(const std::string& why) const
    {
        say(request_, why);
        return exit_status::unreadable;
    }

    std::optional<StoredCore> store(const CoreStore& store) const
    {
        auto received = store.receive(STDIN_FILENO);
        if (!received.file || received.error != 0) {
            fail(std::string("its core cannot be stored: ") + std::strerror(received.error));
            return std::nullopt;
        }
        if (!is_elf(received.file.number())) {
            fail("what came in is no ELF core");
            return std::nullopt;
        }
        StoredCore stored{.file = std::move(received.file), .name = {}, .size = received.size};
        stored.command = command_in(stored.file.number(), settings_);
        stored.name = stored_core_name(
            stored.command, first_line_of(AT_FDCWD, "/proc/sys/kernel/random/boot_id"), request_);
        describe(stored.file.number(), request_, stored.command);
        if (received.cut) {
            say(request_, "its core was cut: MaxCoreSize, MaxUse or KeepFree");
        }
        return settings_.store_cores ? keep(store, std::move(stored)) : std::move(stored);
    }

    std::optional<StoredCore> keep(const CoreStore& store, StoredCore stored) const
    {
        struct stat status {};
        ::fstat(stored.file.number(), &status);
        if (!store.make_room(static_cast<std::uint64_t>(status.st_blocks) * 512, is_stored_core)) {
            fail("its core is not kept: no room by MaxUse and KeepFree");
            return std::nullopt;
        }
        if (const int error = store.keep(stored.file, stored.name); error != 0) {
            fail("cannot name " + stored.name + ": " + std::strerror(error));
            return std::nullopt;
        }
        return stored;
    }

    // A process of ours that dies of a core would die of its own.
    void report(const StoredCore& stored) const
    {
        if (is_own_command(stored.command)) {
            say(request_, "was of pycore-report: its core is stored and not read");
            return;
        }
        FoundCore found;
        found.path = settings_.core_directory + "/" + stored.name;
        found.name = stored.name;
        found.expected = true;
        found.size = stored.size;
        std::vector<const Format*> formats;
        for (const std::string& name : settings_.formats) {
            formats.push_back(find_format(name));
        }
        std::erase(formats, nullptr);
        const BatchEntry known = make_entry(found, origin_of(found, stored.file.number()), {});
        const auto request = make_collector_request(settings_, formats);
        CollectedCore collected = collect_core(found, stored.file.number(), request, known);
        write_all(stored, formats, collected);
    }

    void write_all(const StoredCore& stored,
                   const std::vector<const Format*>& formats,
                   CollectedCore& collected) const
    {
        const auto opened = CoreStore::open(settings_.state_directory,
                                            {.max_use = settings_.max_use}, StoreOwner::anybody);
        const auto* const folder = std::get_if<CoreStore>(&opened);
        std::uint64_t size = 0;
        for (const std::string& one : collected.reports) {
            size += one.size();
        }
        if (folder == nullptr || !folder->make_room(size, is_report_name)) {
            say(request_, "no room for a report in " + settings_.state_directory);
            return;
        }
        const std::string stem = report_stem(stored.name);
        for (std::size_t i = 0; i < collected.reports.size(); ++i) {
            const Format& format = *formats[i];
            const std::string name =
                report_name(stem, format.suffix.empty() ? format.name : format.suffix);
            if (write_report(folder->descriptor(), name, collected.reports[i])) {
                collected.entry.reports.push_back(name);
            } else {
                say(request_, "cannot write " + name);
            }
        }
        log(stored, collected.entry);
    }

    void log(const StoredCore& stored, const BatchEntry& entry) const
    {
        const std::string record = journal_record(entry, read_metadata(stored.file.number()),
                                                  settings_.state_directory, {});
        if (!send_to_journal(record)) {
            say(request_, entry.error ? *entry.error
                                      : (entry.signature ? entry.signature->text : entry.summary));
        }
    }

    const KernelPipeRequest& request_;
    const CollectorSettings& settings_;
};

}  // namespace

int run_kernel_pipe(const KernelPipeRequest& request)
{
    if (!complete_standard_streams()) {
        return exit_status::unreadable;
    }
    ::umask(S_IWGRP | S_IRWXO);
    const auto read = read_settings(request.settings_file);
    if (read.error && !read.missing) {
        say(request, request.settings_file + ": " + *read.error);
    }
    for (const std::string& warning : read.warnings) {
        say(request, warning);
    }
    return Delivery(request, read.settings).run();
}

}  // namespace pycore
