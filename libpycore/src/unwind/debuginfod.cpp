#include "unwind/debuginfod.hpp"

#include <dlfcn.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace pycore {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds most_without_deadline = std::chrono::seconds(60);
constexpr std::size_t longest_build_id = 128;  // in digits

/// Looked at every second or so while a server is waited for.
struct ServerWait {
    Clock::time_point end;
    bool cut = false;
};

// A client's user data is out of reach here: the function that gives it is one of those loaded.
thread_local ServerWait* current_wait = nullptr;

bool servers_are_named()
{
    const char* const urls = std::getenv("DEBUGINFOD_URLS");
    return urls != nullptr && *urls != '\0';
}

bool is_build_id(const std::string& text)
{
    return !text.empty() && text.size() % 2 == 0 && text.size() <= longest_build_id &&
           text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

/// The functions that elfutils' debuginfod.h declares, which need not be here to build this.
struct Debuginfod::Library {
    struct Client;
    using Progress = int (*)(Client*, long, long);

    Client* (*begin)() = nullptr;
    void (*end)(Client*) = nullptr;
    int (*find_debug_info)(Client*, const unsigned char*, int, char**) = nullptr;
    void (*set_progress)(Client*, Progress) = nullptr;
    Client* client = nullptr;

    Library() = default;
    Library(const Library&) = delete;
    Library(Library&&) = delete;
    Library& operator=(const Library&) = delete;
    Library& operator=(Library&&) = delete;
    ~Library()
    {
        if (client != nullptr) {
            end(client);
        }
    }

    /// Null when there is none. It is never unloaded: what it brings along has threads and exit
    /// handlers of its own.
    static std::unique_ptr<Library> load(const char* name)
    {
        void* const handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
        if (handle == nullptr) {
            return nullptr;
        }
        auto library = std::make_unique<Library>();
        const bool complete =
            library->take(handle, "debuginfod_begin", library->begin) &&
            library->take(handle, "debuginfod_end", library->end) &&
            library->take(handle, "debuginfod_find_debuginfo", library->find_debug_info) &&
            library->take(handle, "debuginfod_set_progressfn", library->set_progress);
        library->client = complete ? library->begin() : nullptr;
        return library->client != nullptr ? std::move(library) : nullptr;
    }

    template <class Function>
    static bool take(void* handle, const char* name, Function& into)
    {
        into = reinterpret_cast<Function>(::dlsym(handle, name));
        return into != nullptr;
    }

    static int look_at_clock(Client* /*client*/, long /*done*/, long /*total*/)
    {
        current_wait->cut = Clock::now() >= current_wait->end;
        return current_wait->cut ? 1 : 0;
    }
};

Debuginfod::Debuginfod(const Deadline* deadline, const char* library) : deadline_(deadline)
{
    if (!servers_are_named()) {
        add_problem("debuginfod-unavailable",
                    "no debug file is fetched: DEBUGINFOD_URLS names no server");
        return;
    }
    library_ = Library::load(library);
    if (!library_) {
        add_problem("debuginfod-unavailable",
                    std::string("no debug file is fetched: ") + library + " cannot be loaded");
        return;
    }
    library_->set_progress(library_->client, Library::look_at_clock);
}

Debuginfod::~Debuginfod() = default;

void Debuginfod::add_problem(const char* code, std::string message)
{
    if (!problem_) {
        problem_ = Gap{.code = code,
                       .message = std::move(message),
                       .address = std::nullopt,
                       .thread = std::nullopt,
                       .data_lost = false};
    }
}

FileDescriptor Debuginfod::ask(const std::string& build_id)
{
    if (!time_left_) {
        // The other half is for the analysis itself.
        time_left_ = deadline_ != nullptr ? deadline_->left() / 2 : most_without_deadline;
    }
    const auto start = Clock::now();
    ServerWait wait{.end = start + *time_left_};
    current_wait = &wait;
    const int found = library_->find_debug_info(
        library_->client, reinterpret_cast<const unsigned char*>(build_id.c_str()), 0, nullptr);
    current_wait = nullptr;
    *time_left_ -= std::chrono::duration_cast<milliseconds>(Clock::now() - start);
    if (found >= 0) {
        return FileDescriptor(found);
    }
    if (wait.cut) {
        add_problem("debuginfod-too-slow",
                    "some debug files are missing: the debuginfod servers took too long");
        library_.reset();
    } else if (found != -ENOENT) {
        add_problem(
            "debuginfod-failed",
            std::string("some debug files are missing: debuginfod says: ") + std::strerror(-found));
    }
    return {};
}

std::shared_ptr<const ElfFile> Debuginfod::find(const std::string& build_id)
{
    if (!library_ || !is_build_id(build_id)) {
        return nullptr;
    }
    FileDescriptor fetched = ask(build_id);
    if (!fetched) {
        return nullptr;
    }
    auto input = InputFile::adopt(std::move(fetched), InputFile::module_cache);
    const auto file = input ? ElfFile::open(*std::move(input)) : input.fault();
    return file && (*file)->build_id() == build_id ? *file : nullptr;
}

}  // namespace pycore
