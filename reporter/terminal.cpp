#include "terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace pycore {
namespace {

std::string_view variable(const char* name)
{
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : value;
}

}  // namespace

bool is_capable_terminal(int descriptor)
{
    return ::isatty(descriptor) == 1 && !variable("TERM").empty() && variable("TERM") != "dumb";
}

bool use_color(Color wanted, int descriptor)
{
    switch (wanted) {
    case Color::always: return true;
    case Color::never: return false;
    case Color::automatic: break;
    }
    return variable("NO_COLOR").empty() && is_capable_terminal(descriptor);
}

}  // namespace pycore
