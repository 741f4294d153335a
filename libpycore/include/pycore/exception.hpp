#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/frame.hpp"

namespace pycore {

/// One entry of a traceback.
struct TracebackEntry {
    std::shared_ptr<const PythonCode> code;  ///< never null; all empty when it could not be read
    SourcePosition position;
    std::shared_ptr<const SourceLine> source;  ///< may be null
};

/// Where a `SyntaxError` is in the text that was compiled, as Python shows it above the message.
/// Columns count characters from 1.
struct SyntaxErrorPlace {
    std::optional<std::string> message;  ///< without the place; absent: None, or no str
    std::optional<std::string> file;
    std::optional<std::int64_t> line;
    std::optional<std::int64_t> column;
    std::optional<std::int64_t> end_line;
    std::optional<std::int64_t> end_column;
    std::optional<std::string> text;  ///< of the line
};

/// A Python exception object. Text is valid UTF-8.
struct Exception {
    std::string type;     ///< "ValueError", "app.errors.Late"; empty where it is not known
    std::string message;  ///< as `str()` gives it
    /// False: the type, or an object that it was raised with, has a `__str__` of its own, which was
    /// not run; `message` is what `BaseException.__str__` and `object.__repr__` would have said.
    bool message_certain = true;
    Address address;
    std::vector<TracebackEntry> traceback;  ///< outermost call first, as Python prints it
    bool complete = true;                   ///< false: a limit or a fault left a part out
    /// The same object is described elsewhere in the same tree, where Python prints it: of this one
    /// there are only `type` and `address`.
    bool repeated = false;
    std::shared_ptr<const Exception> cause;
    std::shared_ptr<const Exception> context;  ///< also where `suppress_context` hides it
    bool suppress_context = false;
    std::vector<std::string> notes;                  ///< `__notes__`
    bool is_group = false;                           ///< an `ExceptionGroup`
    std::vector<Exception> exceptions;               ///< its members
    std::shared_ptr<const SyntaxErrorPlace> syntax;  ///< of a `SyntaxError`; else null
};

}  // namespace pycore
