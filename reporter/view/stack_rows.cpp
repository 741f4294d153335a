#include "view/stack_rows.hpp"

#include <algorithm>
#include <string_view>

#include "view/words.hpp"

namespace pycore {
namespace {

bool is_python(const StackFrame& frame)
{
    return std::holds_alternative<PythonFrame>(frame);
}

bool is_libc(std::string_view path)
{
    const std::string_view name = base_name(path);
    return name.starts_with("libc.so") || name.starts_with("libc-2.") ||
           name.starts_with("libpthread") || name.starts_with("ld-linux");
}

/// Where the parts of a stack that are folded differently begin.
struct Parts {
    std::size_t crash_end = 0;  ///< what is further in is the crash site
    std::size_t start = 0;      ///< what is further out started the thread
    bool has_python = false;
};

Parts parts_of(const Thread& thread)
{
    const auto& stack = thread.stack;
    const auto innermost = std::ranges::find_if(stack, is_python);
    const auto outermost = std::find_if(stack.rbegin(), stack.rend(), is_python);
    const auto python = static_cast<std::size_t>(innermost - stack.begin());
    return {.crash_end = thread.crashed ? python : 0,
            .start = static_cast<std::size_t>(outermost.base() - stack.begin()),
            .has_python = innermost != stack.end()};
}

}  // namespace

StackFolder::StackFolder(const Snapshot& snapshot)
{
    for (std::size_t i = 0; i < snapshot.modules.size(); ++i) {
        const ModuleDescription& module = snapshot.modules[i];
        if (module.interpreter) {
            interpreter_.insert(i);
        } else if (is_libc(module.path)) {
            libc_.insert(i);
        }
    }
}

std::vector<StackRow> StackFolder::rows(const Thread& thread,
                                        std::size_t first,
                                        std::size_t last) const
{
    const Parts parts = parts_of(thread);
    const auto folds = [&](std::size_t index) {
        const auto* const call = std::get_if<NativeCall>(&thread.stack[index]);
        if (call == nullptr || !parts.has_python || index < parts.crash_end || call->signal_frame ||
            call->runs_python || !call->place->module) {
            return false;
        }
        const std::size_t module = *call->place->module;
        return interpreter_.contains(module) || (index >= parts.start && libc_.contains(module));
    };
    std::vector<StackRow> rows;
    for (std::size_t i = first; i < last; ++i) {
        if (!folds(i)) {
            rows.push_back({.frame = &thread.stack[i]});
        } else if (!rows.empty() && rows.back().folded != 0) {
            ++rows.back().folded;
        } else {
            rows.push_back({.frame = nullptr, .folded = 1});
        }
    }
    return rows;
}

std::vector<StackRow> unfolded_rows(const Thread& thread, std::size_t first, std::size_t last)
{
    std::vector<StackRow> rows;
    for (std::size_t i = first; i < last; ++i) {
        rows.push_back({.frame = &thread.stack[i]});
    }
    return rows;
}

bool same_row(const StackRow& a, const StackRow& b)
{
    if (a.frame == nullptr || b.frame == nullptr) {
        return a.folded == b.folded;
    }
    if (a.frame->index() != b.frame->index()) {
        return false;
    }
    if (const auto* const call = std::get_if<NativeCall>(a.frame)) {
        const auto& other = std::get<NativeCall>(*b.frame);
        return call->place == other.place && call->address == other.address;
    }
    const auto& x = std::get<PythonFrame>(*a.frame);
    const auto& y = std::get<PythonFrame>(*b.frame);
    return x.position.line == y.position.line &&
           (x.code == y.code || (x.code->name == y.code->name && x.code->file == y.code->file));
}

}  // namespace pycore
