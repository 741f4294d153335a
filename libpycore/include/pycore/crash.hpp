#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/core_file.hpp"

namespace pycore {

/// A run of pages that the process had mapped, with one set of permissions.
struct MappedRegion {
    AddressRange range;
    /// `readable`, `writable` and `executable` are known; gdb's cores do not tell them for all.
    bool permissions_known = false;
    bool readable = false;
    bool writable = false;
    bool executable = false;
    std::string file;  ///< path of the file it maps; empty: anonymous
    std::optional<std::int32_t> stack_of = std::nullopt;  ///< tid of the thread whose stack it is
};

/// What an address points to, as far as that can be told.
struct AddressTarget {
    std::optional<MappedRegion> region = std::nullopt;  ///< absent: nothing was mapped there
    std::string symbol;  ///< of a function or variable, for people; may be empty
    std::uint64_t symbol_offset = 0;
    std::string python_type;  ///< of the Python object at exactly this address; empty: none known
};

/// One register of the crashed thread. Registers that hold no address (small numbers, flags) have
/// no target.
struct RegisterTarget {
    std::string name;  ///< "rdi"
    Address value;
    AddressTarget target;
};

/// What the instruction at the crash did with memory.
struct MemoryAccess {
    enum class Kind : std::uint8_t { read, write, read_write, execute };
    Kind kind = Kind::read;
    Address address;    ///< as computed from the registers
    std::string base;   ///< register the address is based on; empty: none
    std::string index;  ///< register that is added, scaled; empty: none
    std::int64_t displacement = 0;
    std::uint32_t size = 0;  ///< bytes; 0: not known
};

/// A C++ exception that nobody caught.
struct NativeException {
    std::string type;     ///< demangled: "std::runtime_error"
    std::string message;  ///< what `what()` holds, for the standard types; empty: not known
};

/// What CPython said before it gave up: "Fatal Python error: FUNCTION: MESSAGE".
struct FatalPythonError {
    std::string function;  ///< the C function that called it; empty: not known
    std::string message;   ///< empty: not known
};

/// What killed the process; absent from the snapshot of a living one. Where a handler ran first and
/// raised the signal again, this tells what the handler was called for.
struct Crash {
    SignalInfo signal;
    std::optional<std::int32_t> thread = std::nullopt;  ///< kernel tid
    /// The signal that ended the process after `signal`.
    std::optional<SignalInfo> raised_again = std::nullopt;
    std::optional<ThreadRegisters> registers = std::nullopt;  ///< of the thread when `signal` came
    std::vector<RegisterTarget> targets = {};                 ///< of registers that point somewhere
    std::optional<MemoryAccess> access = std::nullopt;        ///< that faulted
    std::optional<AddressTarget> fault_target = std::nullopt;  ///< of the signal's fault address
    /// The first region above a fault address where nothing was mapped.
    std::optional<MappedRegion> above_fault = std::nullopt;
    std::optional<std::string> abort_message = std::nullopt;  ///< glibc's `__abort_msg`
    std::optional<FatalPythonError> fatal_error = std::nullopt;
    std::optional<NativeException> exception = std::nullopt;
};

}  // namespace pycore
