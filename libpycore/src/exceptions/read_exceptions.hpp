#pragma once

#include <optional>
#include <vector>

#include "base/budget.hpp"
#include "exceptions/raised_value.hpp"
#include "exceptions/text_method.hpp"
#include "frames/code_cache.hpp"
#include "pycore/exception.hpp"
#include "pycore/fault.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"
#include "values/value_printer.hpp"

namespace pycore {

/// The exceptions of one thread state.
struct ThreadExceptions {
    /// The one that is being raised, then those that are being handled, innermost first.
    std::vector<Exception> items;
    bool raised = false;         ///< the first is on its way: no handler was found yet
    std::optional<Fault> fault;  ///< why one is missing
};

/// Reads the exceptions of the threads of one interpreter. Of nested handlers of one function only
/// the innermost keeps its exception where it can be found; the others are its contexts.
class ExceptionReader {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object. What is kept is paid from
    /// `budget`.
    ExceptionReader(const Memory& memory,
                    const Layout& layout,
                    Address interpreter,
                    CodeCache& codes,
                    const Limits& limits,
                    Budget& budget);

    [[nodiscard]] ThreadExceptions read(Address thread_state);

private:
    /// What few processes need is not looked up for all.
    struct Types {
        Types(const Memory& memory,
              const Layout& layout,
              Address interpreter,
              const Limits& limits,
              Budget& budget);

        KnownTypes known;
        TextMethods methods;
        ValuePrinter values;
    };

    Types& types();
    [[nodiscard]] bool is_none(Address at);
    void read_raised(Address thread_state, ThreadExceptions& found);
    void read_raised_parts(Address thread_state, ThreadExceptions& found);
    void read_handled(Address thread_state, ThreadExceptions& found);
    void add(const Result<RaisedValue>& raised,
             std::optional<Address> traceback,
             ThreadExceptions& found);

    const Memory& memory_;
    const Layout& layout_;
    Address interpreter_;
    CodeCache& codes_;
    const Limits& limits_;
    Budget& budget_;
    std::optional<Types> types_;
};

}  // namespace pycore
