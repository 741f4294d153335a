// Prints the JSON report of a core through the C interface, which is the one of the shared library:
// handles CORE
#include <cstdio>

#include "pycore_handles.hpp"

int main(int count, char** arguments)
{
    if (count != 2) {
        std::fputs("usage: handles CORE\n", stderr);
        return 2;
    }
    try {
        pycore_options options = {};
        options.struct_size = sizeof options;
        options.max_time = 60'000;
        const example::Report report = example::analyze(arguments[1], options);
        std::fputs(example::json_of(report).get(), stdout);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "handles: %s\n", error.what());
        return 3;
    }
    return 0;
}
