#include "waits/describe.hpp"

#include "base/file_name.hpp"
#include "base/hex.hpp"

namespace pycore {
namespace {

std::string describe(const PythonFrame& frame)
{
    const PythonCode& code = *frame.code;
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    if (name.empty()) {
        return {};
    }
    std::string text = name;
    if (!code.file.empty()) {
        text += " (" + std::string(file_name(code.file));
        text += frame.position.line ? ':' + std::to_string(*frame.position.line) : "";
        text += ')';
    }
    return text;
}

}  // namespace

std::string describe_frame(const StackFrame& frame)
{
    if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
        return describe(*python);
    }
    return std::get<NativeCall>(frame).place->function;
}

std::string describe_thread(const Thread& thread)
{
    if (thread.python_name) {
        return *thread.python_name;
    }
    return thread.tid ? "thread " + std::to_string(*thread.tid) : "a thread";
}

std::string describe_resource(const Resource& resource, std::span<const Thread> threads)
{
    const std::string words(words_of(resource.kind));
    if (resource.thread && *resource.thread < threads.size()) {
        const Thread& thread = threads[*resource.thread];
        return thread.python_name ? "thread " + *thread.python_name : describe_thread(thread);
    }
    if (!resource.name.empty()) {
        const bool is_import = resource.kind == ResourceKind::import_lock;
        return words + (is_import ? " of " : " ") + resource.name;
    }
    const bool is_gil = resource.kind == ResourceKind::gil;
    return resource.address && !is_gil ? words + " at " + hex(resource.address.value) : words;
}

}  // namespace pycore
