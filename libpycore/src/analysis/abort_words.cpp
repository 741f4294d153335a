#include "analysis/assertion_text.hpp"
#include "analysis/kind_words.hpp"
#include "analysis/shorten.hpp"
#include "base/file_name.hpp"

namespace pycore {

std::string assertion(const Snapshot& snapshot)
{
    const auto parsed = parse_assertion(*snapshot.crash->abort_message);
    const std::string file = shorten(file_name(parsed->file));
    return "assertion `" + shorten(parsed->expression) + "' failed" +
           (parsed->function.empty() ? "" : " in " + shorten(parsed->function)) + " (" + file +
           ":" + std::to_string(parsed->line) + ")";
}

std::string fatal_error(const Snapshot& snapshot)
{
    const Crash& crash = *snapshot.crash;
    std::string text = "Fatal Python error";
    if (!crash.fatal_error) {
        return text;
    }
    text += crash.fatal_error->function.empty() ? "" : ": " + shorten(crash.fatal_error->function);
    return text +
           (crash.fatal_error->message.empty() ? "" : ": " + shorten(crash.fatal_error->message));
}

std::string given_up(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    const std::string by = who(snapshot, site.culprit);
    if (crash.exception) {
        const auto& [type, message] = *crash.exception;
        return "uncaught C++ exception " + (type.empty() ? "of an unknown type" : shorten(type)) +
               (message.empty() ? "" : " (\"" + shorten(message) + "\")") + ", thrown by " + by;
    }
    if (crash.abort_message) {
        return shorten(*crash.abort_message) + ", found in " + by;
    }
    return by + " called abort()";
}

std::string corrupted_heap(const Snapshot& snapshot, const CrashSite& site)
{
    return "heap corruption: \"" + shorten(*snapshot.crash->abort_message) +
           "\", noticed when called from " + who(snapshot, site.culprit);
}

}  // namespace pycore
