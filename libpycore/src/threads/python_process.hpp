#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "exceptions/read_exceptions.hpp"
#include "frames/python_stack.hpp"
#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"
#include "python/layout.hpp"
#include "threads/gap_list.hpp"
#include "threads/interpreters.hpp"

namespace pycore {

/// A thread state with its Python stack.
struct ThreadStateStack {
    ThreadState state;
    std::size_t interpreter = 0;  ///< index in `PythonProcess::interpreters`
    PythonStack stack;
    std::optional<std::string> name;  ///< from `threading`
    ThreadExceptions exceptions;
};

/// All that CPython's own data say about the process.
struct PythonProcess {
    std::vector<Interpreter> interpreters;
    std::vector<ThreadStateStack> states;
    std::vector<LimitHit> limits;
    std::vector<std::shared_ptr<const Layout>> layouts;  ///< of each interpreter; never null
    bool found = false;                                  ///< a CPython was recognised
    bool supported = false;                              ///< and one was decoded
};

/// Reads every runtime, interpreter, thread state and Python stack of the process.
PythonProcess read_python_process(const AddressSpace& memory,
                                  std::span<const Module> modules,
                                  const Limits& limits,
                                  Budget& budget,
                                  GapList& gaps);

}  // namespace pycore
