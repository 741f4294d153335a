#pragma once

#include <cstdint>
#include <memory>
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

/// A Python exception object. Text is valid UTF-8.
struct Exception {
    std::string type;     ///< "ValueError", "app.errors.Late"; empty where it is not known
    std::string message;  ///< as `str()` gives it
    /// False: the type has a `__str__` of its own, which was not run; `message` is what
    /// `BaseException.__str__` would have said.
    bool message_certain = true;
    Address address;
    std::vector<TracebackEntry> traceback;  ///< outermost call first, as Python prints it
    bool complete = true;                   ///< false: a limit, a fault or a cycle left a part out
    std::shared_ptr<const Exception> cause;
    std::shared_ptr<const Exception> context;  ///< also where `suppress_context` hides it
    bool suppress_context = false;
    std::vector<std::string> notes;     ///< `__notes__`
    bool is_group = false;              ///< an `ExceptionGroup`
    std::vector<Exception> exceptions;  ///< its members
};

}  // namespace pycore
