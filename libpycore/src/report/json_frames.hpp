#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "pycore/frame.hpp"

namespace pycore {

/// Serialises Python frames, each as one JSON object on one line. Deep recursion repeats a few code
/// objects thousands of times, so what frames of one code object share is escaped once.
class FrameSerializer {
public:
    /// Valid until the next call.
    std::string_view serialize(const PythonFrame& frame);

    /// No less than the bytes that `serialize` returns, and cheaper.
    std::size_t size_bound(const PythonFrame& frame);

private:
    struct CodeText {
        std::string head;  // names and file
        std::string tail;  // flags and address
    };

    const CodeText& text_of(const PythonCode& code);

    std::unordered_map<const PythonCode*, CodeText> codes_;
    std::string frame_;
};

}  // namespace pycore
