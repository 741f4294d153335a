#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pycore::test {

struct ExpectedFrame {
    std::string file;
    std::int32_t line = 0;
    std::string function;

    friend bool operator==(const ExpectedFrame&, const ExpectedFrame&) = default;
};

/// What `co_positions()` and `co_qualname` said of a frame; columns absent where it said None.
struct ExpectedPosition {
    std::string qualified_name;
    std::optional<std::int32_t> line;
    std::optional<std::int32_t> end_line;
    std::optional<std::int32_t> column;
    std::optional<std::int32_t> end_column;

    friend bool operator==(const ExpectedPosition&, const ExpectedPosition&) = default;
};

struct ExpectedThread {
    std::uint64_t ident = 0;
    std::optional<std::string> name;
    std::vector<ExpectedFrame> frames;  ///< innermost first
    /// One a frame, or none at all; a null where the position moves between the telling and death.
    std::vector<std::optional<ExpectedPosition>> positions;
};

/// What the author of a scenario made it die of.
struct ExpectedCrash {
    std::string signal;
    std::optional<std::string> ends_by;  ///< the signal that a handler ended the process by
    std::string kind;
    std::optional<std::string> site;    ///< function on the stack inside of all Python frames
    std::optional<std::string> module;  ///< of that function, or the start of its name
    std::vector<std::string> mentions;  ///< in the summary
};

/// What a process said of one variable.
struct ExpectedVariable {
    std::string repr;
    /// What `object` prints of it, where its own `__repr__` is written in Python.
    std::optional<std::string> plain;
};

using ExpectedVariables = std::map<std::string, ExpectedVariable>;

/// What the process itself, or CPython's faulthandler in it, told at its death.
struct Expected {
    std::optional<std::uint64_t> crashed_thread;
    std::vector<ExpectedThread> threads;
    std::optional<ExpectedCrash> crash;
    /// Of each frame, innermost first, by thread; empty where the program did not tell.
    std::map<std::uint64_t, std::vector<ExpectedVariables>> variables;
};

Expected read_expected(const std::filesystem::path& path);

}  // namespace pycore::test
