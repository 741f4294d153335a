#include "analysis/diagnose.hpp"

#include "analysis/crash_kind.hpp"
#include "analysis/crash_site.hpp"
#include "analysis/crash_words.hpp"
#include "analysis/shorten.hpp"
#include "base/file_name.hpp"
#include "pycore/signal.hpp"

namespace pycore {
namespace {

/// ", called from decode_row in _codec.so": the one to ask first, when it is not the one that died.
std::string called_from(const Snapshot& snapshot, const CrashSite& site)
{
    const NativeCall* const caller = site.foreign_is_near ? site.foreign : nullptr;
    if (caller == nullptr || caller == site.culprit) {
        return {};
    }
    const std::string module = module_name(snapshot, *caller);
    const std::string name = name_of_call(snapshot, *caller);
    return std::string(is_guess(*caller) ? ", probably" : ",") + " called from " + name +
           (name.starts_with(module) ? "" : " in " + module);
}

/// ", under Image.load (image.py:88)"; of a thread that did nothing wrong " while in ...".
std::string under(const CrashSite& site, CrashKind kind)
{
    if (site.python == nullptr) {
        return {};
    }
    const PythonCode& code = *site.python->code;
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    const std::string file(file_name(code.file));
    std::string text = (kind == CrashKind::external_signal ? " while in " : ", under ") +
                       (name.empty() ? "a Python function" : shorten(name));
    if (!file.empty() && site.python->position.line) {
        text += " (" + shorten(file) + ":" + std::to_string(*site.python->position.line) + ")";
    }
    return text;
}

/// " in thread worker-3", after what `under` said.
std::string in_thread(const Snapshot& snapshot, const Thread& thread, const std::string& where)
{
    const std::string in = where.empty() ? ", in thread " : " in thread ";
    if (thread.python_name) {
        return in + shorten(*thread.python_name);
    }
    const std::string tid = thread.tid ? std::to_string(*thread.tid) : "?";
    const bool unknown = !thread.python_thread_id && !snapshot.interpreters.empty();
    return in + tid + (unknown ? ", which Python does not know" : "");
}

}  // namespace

std::optional<Diagnosis> diagnose(const Snapshot& snapshot)
{
    if (!snapshot.crash) {
        return std::nullopt;
    }
    const ModuleRoles roles(snapshot);
    const auto site = find_crash_site(snapshot, roles);
    Diagnosis diagnosis{.kind = classify(snapshot), .summary = {}};
    diagnosis.summary = signal_name(snapshot.crash->signal.number) + ": ";
    if (!site) {
        diagnosis.summary += what_happened(snapshot, diagnosis.kind, CrashSite{});
        return diagnosis;
    }
    diagnosis.summary += what_happened(snapshot, diagnosis.kind, *site);
    diagnosis.summary += called_from(snapshot, *site);
    const std::string where = under(*site, diagnosis.kind);
    diagnosis.summary += where + in_thread(snapshot, *site->thread, where);
    return diagnosis;
}

}  // namespace pycore
