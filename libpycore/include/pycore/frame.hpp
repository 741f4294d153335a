#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "pycore/address.hpp"

namespace pycore {

/// What frames of one code object share. Text is valid UTF-8; what was not is visible text
/// (`\xNN`, `\uNNNN`). A name that could not be read is empty.
struct PythonCode {
    Address address;
    std::string name;            ///< `co_name`
    std::string qualified_name;  ///< `co_qualname`
    std::string file;            ///< `co_filename`
    std::int32_t first_line = 0;
    std::uint32_t flags = 0;  ///< `co_flags`
};

/// A place in a source file as `co_positions()` gives it. Lines count from 1; columns are UTF-8
/// byte offsets from 0, the end exclusive. What the code object does not know is absent.
struct SourcePosition {
    std::optional<std::int32_t> line;
    std::optional<std::int32_t> end_line;
    std::optional<std::int32_t> column;
    std::optional<std::int32_t> end_column;

    friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

/// One frame of a Python stack.
struct PythonFrame {
    std::shared_ptr<const PythonCode> code;  ///< never null; all empty when it could not be read
    SourcePosition position;
    Address address;     ///< of the `_PyInterpreterFrame`
    bool entry = false;  ///< C called in here: the outermost frame of one run of the eval loop
};

}  // namespace pycore
