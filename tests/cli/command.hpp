#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace pycore::test {

/// How pycore-report ended and what it wrote.
struct Outcome {
    int status = -1;  ///< -1: ended by a signal
    std::string out;
    std::string error;
};

/// One run of pycore-report.
struct Command {
    std::vector<std::string> arguments;
    std::vector<std::string> environment;  ///< "NAME=value", besides PATH
    std::string input = "/dev/null";
    std::string output;          ///< a file for standard output; empty: it is captured
    unsigned short columns = 0;  ///< of the terminal; 0: it does not say
};

Outcome run(const Command& command);
Outcome run(std::vector<std::string> arguments);

/// Says so in the test's output when `run_on_terminal` cannot work on this machine.
bool terminals_are_missing();

/// The same with standard input, output and error on one terminal, which `out` then holds.
Outcome run_on_terminal(const Command& command);

/// Standard input is a pipe that brings `input`.
Outcome run_with_pipe(const Command& command, std::span<const std::byte> input);

/// Standard output is a pipe that nobody reads.
Outcome run_without_reader(const Command& command);

}  // namespace pycore::test
