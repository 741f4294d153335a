#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pycore/snapshot.hpp"

namespace pycore {

/// Serialises frames, each as one JSON object on one line. Deep recursion repeats a few code
/// objects thousands of times, so what frames of one code object share is escaped once.
class FrameSerializer {
public:
    /// `modules` outlives this object.
    explicit FrameSerializer(std::span<const ModuleDescription> modules) : modules_(modules) {}

    /// Valid until the next call.
    std::string_view serialize(const StackFrame& frame);

    /// No less than the bytes that `serialize` returns, and cheaper where a frame has no variables.
    std::size_t size_bound(const StackFrame& frame);

private:
    /// What is the same in each frame, before and after what is not.
    struct SharedText {
        std::string head;
        std::string tail;
    };

    const SharedText& text_of(const PythonCode& code);
    const SharedText& text_of(const NativePlace& place);
    const SharedText& text_of(const SourceLine& line);
    void append(const PythonFrame& frame);
    void append_names(const FrameVariables& variables);
    void append(const NativeCall& call);

    std::span<const ModuleDescription> modules_;
    std::unordered_map<const void*, SharedText> shared_;
    std::string frame_;
};

}  // namespace pycore
